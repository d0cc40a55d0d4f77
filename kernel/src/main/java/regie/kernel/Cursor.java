package regie.kernel;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where a page of a list ends, as opaque text. It says where the last resource stood and not how many came before, so writes move no page. */
public final class Cursor {
    private Cursor() {}

    public static String of(Selection.After after) {
        var json = Json.MAPPER.createObjectNode();
        json.put("project", after.key().project()).put("name", after.key().name());
        after.value().ifPresent(value -> json.put("value", value));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.MAPPER.writeValueAsBytes(json));
    }

    /**
     * Reads what {@link #of} wrote for a list of {@code kind} in the same order; empty where it is none.
     *
     * @throws Refused where it is the cursor of a list in another order
     */
    public static Optional<Selection.After> parse(Kind<?, ?> kind, Optional<Sort> sort, String text) {
        try {
            var json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
            if (!json.path("project").isString() || !json.path("name").isString()) return Optional.empty();
            var value = Optional.ofNullable(json.get("value")).map(JsonNode::asString);
            sort.ifPresent(by -> value.ifPresent(by.field()::check));
            var key = new Key(
                    kind.name(),
                    json.path("project").asString(),
                    json.path("name").asString());
            return Optional.of(new Selection.After(key, value));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
