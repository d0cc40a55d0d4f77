package regie.cli;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A kind as the room lists it under /v1/kinds.
 *
 * @param estate whether a name stands once in the whole estate, not once per project
 */
record KindEntry(String name, String plural, boolean estate, String about, List<ActionEntry> actions) {

    record ActionEntry(String name, String about) {}

    static KindEntry of(JsonNode json) {
        return new KindEntry(
                Json.text(json, "name"),
                Json.text(json, "plural"),
                Json.text(json, "scope").equalsIgnoreCase("estate"),
                Json.text(json, "about"),
                Json.items(json.path("actions")).stream()
                        .map(action -> new ActionEntry(Json.text(action, "name"), Json.text(action, "about")))
                        .toList());
    }

    boolean answersTo(String word) {
        return name.equalsIgnoreCase(word) || plural.equalsIgnoreCase(word);
    }

    /** As people say it: {@code fleet}. */
    String word() {
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    /** @param project empty for the lists of all projects */
    String listPath(Optional<String> project) {
        if (estate || project.isEmpty()) return "/v1/" + plural;
        return "/v1/projects/" + Address.part(project.get()) + "/" + plural;
    }

    String path(String project, String resource) {
        return listPath(Optional.of(project)) + "/" + Address.part(resource);
    }

    ResourceKey key(String project, String resource) {
        return new ResourceKey(name, estate ? "" : project, resource);
    }
}
