package regie.cli;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether what is seen of a resource is what is wanted of it, as far as its status says. */
final class Settled {
    private Settled() {}

    /** What is still awaited; empty where nothing is. */
    static Optional<String> awaits(JsonNode resource) {
        var status = resource.path("status");
        for (var hold : status.path("holds")) return Optional.of(Json.text(hold, "detail"));
        if (resource.hasNonNull("deletingAt")) return Optional.of("it is being deleted");
        return switch (Json.text(resource, "kind")) {
            case "Instance" -> instance(resource.path("spec"), status);
            case "Fleet" -> fleet(resource.path("spec"), status);
            default -> Optional.empty();
        };
    }

    private static Optional<String> instance(JsonNode spec, JsonNode status) {
        var wanted = Json.text(spec, "power").equals("off") ? "stopped" : "running";
        var seen = Json.text(status, "stage");
        if (status.hasNonNull("migration"))
            return Optional.of("moving to %s".formatted(Json.text(status.path("migration"), "to")));
        long asked = spec.path("migration").path("number").asLong(0);
        if (asked > status.path("moveRequests").asLong(0)) return Optional.of("it is to move");
        return seen.equals(wanted) ? Optional.empty() : Optional.of("%s, to be %s".formatted(seen, wanted));
    }

    private static Optional<String> fleet(JsonNode spec, JsonNode status) {
        long wanted = spec.path("count").asLong(0);
        long running = status.path("running").asLong(0);
        long members = status.path("members").asLong(0);
        if (running == wanted && members == wanted) return Optional.empty();
        return Optional.of("%d of %d running".formatted(running, wanted));
    }
}
