package regie.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies some fields of a resource in the name of a manager. He holds what he applies; what he applied before and now leaves out
 * is taken away, unless another holds it too. A field that another holds can't be given another value, unless by force.
 */
public final class FieldApply {
    private final Manifests manifests;

    public FieldApply(Manifests manifests) {
        this.manifests = manifests;
    }

    /** @param force takes the fields of others where they want something else */
    public record Manager(String name, boolean force) {
        /** As a message says what a name may be. */
        public static final String EXPECTED = "1 to 63 letters, digits, dots, dashes and underscores";

        public Manager {
            BadField.unless(name.matches("[A-Za-z0-9._-]{1,63}"), "fieldManager", name, EXPECTED);
        }
    }

    /** What is wanted of the resource then, and who holds its fields. */
    public record Applied(Wanted wanted, ManagedFields fields) {
        /** To be called once the resource is as wanted, in the same transaction. */
        public void keep(Tx tx, Declared<?, ?> now) {
            fields.write(tx, now.uid());
        }
    }

    public static ManagedFields fields(Tx tx, Declared<?, ?> of) {
        return ManagedFields.of(tx, of.uid());
    }

    /** Tells who holds fields that {@code actor} has changed them without asking; he holds them from now on. */
    public static void changed(Tx tx, Actor actor, Changes changes) {
        ManagedFields.changed(tx, actor.name(), changes);
    }

    /**
     * @param now empty where it is not there yet
     * @param text labels and spec, as far as the manager cares
     * @throws Refused with {@link ResourceRefusal.FieldConflict} or a {@link ManifestRefusal}
     */
    public Applied apply(Tx tx, Kind<?, ?> kind, Key key, Optional<Declared<?, ?>> now, Manager manager, String text) {
        var patch = Yaml.single("body", text);
        if (!patch.tree().isObject()) manifests.content(kind, key, patch); // refuses it
        var applied = leaves(patch.tree());
        var before = now.map(there -> fields(tx, there)).orElse(ManagedFields.NONE);
        var live = content(now.map(Declared::labels).orElse(Map.of()), now.map(there -> (Object) there.spec()));
        var merged = live.deepCopy();
        for (var field : before.givenUp(manager.name(), applied.keySet())) set(merged, field, Optional.empty());
        applied.forEach((field, value) -> set(merged, field, Optional.of(value)));
        var wanted = manifests.content(kind, key, new Yaml.Document(merged, patch.places()));
        var lost = conflicts(before, manager, applied, live, content(wanted.labels(), Optional.of(wanted.spec())));
        if (!lost.isEmpty() && !manager.force()) throw new ResourceRefusal.FieldConflict(key, lost).asException();
        return new Applied(wanted, before.with(manager.name(), applied.keySet(), lost));
    }

    /** What others hold and would lose, because it would get another value. */
    private static List<ManagedFields.Held> conflicts(
            ManagedFields before, Manager manager, Map<String, JsonNode> applied, JsonNode live, JsonNode after) {
        var lost = new ArrayList<ManagedFields.Held>();
        for (var field : applied.keySet()) {
            for (var held : before.others(manager.name(), field)) {
                if (!live.at(held.field()).equals(after.at(held.field()))) lost.add(held);
            }
        }
        return lost.stream().distinct().toList();
    }

    private static ObjectNode content(Map<String, String> labels, Optional<Object> spec) {
        var content = JsonNodeFactory.instance.objectNode();
        content.set("labels", Json.tree((Object) labels));
        content.set("spec", spec.map(Json::tree).orElseGet(JsonNodeFactory.instance::objectNode));
        return content;
    }

    /** The values that a manager cares for; lists are values as wholes. */
    private static Map<String, JsonNode> leaves(JsonNode tree) {
        var leaves = new LinkedHashMap<String, JsonNode>();
        gather("", tree, leaves);
        return leaves;
    }

    private static void gather(String field, JsonNode node, Map<String, JsonNode> leaves) {
        if (node instanceof ObjectNode object && (!object.isEmpty() || depth(field) < 2)) {
            for (var each : object.properties())
                gather(field + "/" + each.getKey().replace("~", "~0").replace("/", "~1"), each.getValue(), leaves);
        } else {
            leaves.put(field, node);
        }
    }

    /** {@code labels} and {@code spec} are there anyway. */
    private static int depth(String field) {
        return (int) field.chars().filter(each -> each == '/').count();
    }

    private static void set(ObjectNode content, String field, Optional<JsonNode> value) {
        var steps = ManagedFields.steps(field);
        var at = content;
        for (var step : steps.subList(0, Math.max(0, steps.size() - 1))) {
            if (at.get(step) instanceof ObjectNode inner) at = inner;
            else if (value.isEmpty()) return;
            else at = at.putObject(step);
        }
        if (steps.isEmpty()) return;
        if (value.isEmpty() || value.get().isNull()) at.remove(steps.getLast());
        else at.set(steps.getLast(), value.get());
    }
}
