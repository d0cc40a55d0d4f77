package regie.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Actions on resources: what a room offers beyond declaring. */
record Acting(Session session) {
    /** Does it and says so in one line. */
    void act(String kind, String name, String action, ObjectNode input, Patience patience) {
        var room = session.room();
        var entry = session.kinds(room).named(kind);
        var resource = post(room, entry, name, action, input);
        session.terminal().out().println("%s: %s".formatted(ResourceKey.of(resource), action));
        if (patience.asked())
            new Waiting(session, room, patience.limit()).untilSettled(java.util.List.of(ResourceKey.of(resource)));
    }

    /** What it would come to, as JSON: done by the room, and undone before anybody saw it. */
    void rehearse(String kind, String name, String action, ObjectNode input) {
        var room = session.room();
        var entry = session.kinds(room).named(kind);
        session.terminal().out().println(Json.pretty(room.post(path(entry, name, action) + "?dryRun=true", input)));
    }

    private JsonNode post(Room room, KindEntry entry, String name, String action, ObjectNode input) {
        return room.post(path(entry, name, action), input);
    }

    private String path(KindEntry entry, String name, String action) {
        return entry.path(session.project(), name) + "/actions/" + Address.part(action);
    }
}
