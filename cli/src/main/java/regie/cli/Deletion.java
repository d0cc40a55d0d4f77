package regie.cli;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes resources: all or none; or one kind after the other, so that those that take their time are gone before what they need. */
final class Deletion {
    private final Session session;
    private final Room room;
    private final Patience patience;

    Deletion(Session session, Room room, Patience patience) {
        this.session = session;
        this.room = room;
        this.patience = patience;
    }

    /** What would go, or why it can't; nothing does. */
    void shown(List<ResourceKey> keys) {
        printed(send(body(keys).put("plan", true)));
    }

    void unasked(List<ResourceKey> keys) {
        if (patience.asked()) inStages(keys);
        else printed(post(keys));
    }

    /** Shows what would go, asks, and deletes that and nothing else. */
    void asked(Consent consent, List<ResourceKey> keys) {
        var terminal = session.terminal();
        if (patience.asked()) {
            if (terminal.asks())
                keys.forEach(key -> terminal.err().println(terminal.ink().onErr(Ink.Colour.RED, "- delete " + key)));
            consent.ask(terminal, "Delete this?", "--yes");
            inStages(keys);
            return;
        }
        var plan = send(body(keys).put("plan", true));
        if (terminal.asks()) printed(plan);
        consent.ask(terminal, "Delete this?", "--yes");
        var _ = send(body(keys).put("number", PlanCommand.number(plan)));
    }

    /** The catalogue lists what is needed before who needs it; so its last kinds go first. */
    private void inStages(List<ResourceKey> keys) {
        var order = session.kinds(room).all().stream().map(KindEntry::name).toList();
        var stages = new TreeMap<Integer, List<ResourceKey>>(Comparator.reverseOrder());
        for (var key : keys) {
            stages.computeIfAbsent(order.indexOf(key.kind()), _ -> new java.util.ArrayList<>())
                    .add(key);
        }
        for (var stage : stages.values()) {
            printed(post(stage));
            new Waiting(session, room, patience.limit()).untilGone(stage);
        }
    }

    private void printed(JsonNode changes) {
        ChangesOutput.TEXT.print(changes, session.terminal());
    }

    private JsonNode post(List<ResourceKey> keys) {
        return send(body(keys));
    }

    private JsonNode send(ObjectNode body) {
        return session.progress().during("deleting", () -> room.post("/v1/delete", body));
    }

    private static ObjectNode body(List<ResourceKey> keys) {
        var body = Json.object();
        var list = body.putArray("keys");
        keys.forEach(key -> list.add(key.json()));
        return body;
    }
}
