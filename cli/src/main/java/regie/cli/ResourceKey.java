package regie.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The name of a resource among all.
 *
 * @param project empty for the estate's kinds
 */
record ResourceKey(String kind, String project, String name) {
    /** Out of a key, or of a whole resource. */
    static ResourceKey of(JsonNode json) {
        return new ResourceKey(Json.text(json, "kind"), Json.text(json, "project"), Json.text(json, "name"));
    }

    ObjectNode json() {
        var json = Json.object().put("kind", kind).put("name", name);
        return project.isEmpty() ? json : json.put("project", project);
    }

    /** As the room writes it: {@code server/par1-h01}, {@code shop/fleet/web}. */
    @Override
    public String toString() {
        var plain = kind.toLowerCase(Locale.ROOT) + "/" + name;
        return project.isEmpty() ? plain : project + "/" + plain;
    }
}
