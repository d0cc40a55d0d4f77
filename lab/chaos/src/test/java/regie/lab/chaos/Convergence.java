package regie.lab.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import regie.lab.chaos.Thing.Group;
import regie.lab.chaos.Thing.Machine;
import tools.jackson.databind.JsonNode;

/** Whether the room, its hosts and the account of the clients say the same. */
final class Convergence {
    private final Regie regie;
    private final Map<String, Thing> kept;

    /** @param kept all that was acknowledged and not deleted, by name */
    Convergence(Regie regie, Map<String, Thing> kept) {
        this.regie = regie;
        this.kept = kept;
    }

    /** Every difference, in words; empty where all is as it was promised. */
    List<String> differences() throws IOException, InterruptedException {
        var differences = new ArrayList<String>();
        var instances = regie.rest().list("instances");
        var fleets = regie.rest().list("fleets");
        compare(instances, fleets, differences);
        for (var each : instances) settled(each, differences);
        for (var each : fleets) full(each, instances, differences);
        living(instances, differences);
        return differences;
    }

    /** Everything acknowledged is there as it was acknowledged, and nothing else but members of fleets. */
    private void compare(List<JsonNode> instances, List<JsonNode> fleets, List<String> differences) {
        var found = new TreeMap<String, Thing>();
        for (var each : fleets) found.put(name(each), Thing.of(each));
        for (var each : instances) if (!each.has("owner")) found.put(name(each), Thing.of(each));
        kept.forEach((name, thing) -> {
            var there = Optional.ofNullable(found.get(name));
            if (!there.equals(Optional.of(thing)))
                differences.add("acknowledged was %s, there is %s".formatted(thing, there));
        });
        for (var each : found.entrySet())
            if (!kept.containsKey(each.getKey())) differences.add("nobody wants " + each.getValue());
    }

    private static void settled(JsonNode instance, List<String> differences) {
        var wanted = instance.at("/spec/power").asString().equals("on") ? "running" : "stopped";
        var stage = instance.at("/status/stage").asString();
        // That it was not moved is told for some minutes, and nothing waits for it.
        boolean held = instance.at("/status/holds")
                .valueStream()
                .anyMatch(hold -> !hold.path("code").asString().equals("migration-failed"));
        if (instance.at("/status").has("migration")) differences.add(name(instance) + " is on its way");
        if (stage.equals(wanted) && !held && !instance.has("deletingAt")) return;
        differences.add("%s is to be %s and is %s".formatted(name(instance), wanted, instance.path("status")));
    }

    private static void full(JsonNode fleet, List<JsonNode> instances, List<String> differences) {
        int count = fleet.at("/spec/count").asInt();
        long members = instances.stream()
                .filter(each ->
                        each.path("owner").asString("").equals(fleet.path("uid").asString()))
                .count();
        int running = fleet.at("/status/running").asInt();
        if (members != count || running != count)
            differences.add("%s has %d members, %d running, of %d".formatted(name(fleet), members, running, count));
    }

    /** Exactly those live that are to run, each where the room says it is. */
    private void living(List<JsonNode> instances, List<String> differences) throws IOException {
        var wanted = new HashMap<String, String>();
        for (var each : instances) {
            if (each.at("/spec/power").asString().equals("on"))
                wanted.put(each.path("uid").asString(), each.at("/status/host").asString(""));
        }
        var living = Judge.read(regie.journal()).now();
        if (!living.equals(wanted)) differences.add("living are %s and not %s".formatted(living, wanted));
    }

    long groups() {
        return kept.values().stream().filter(Group.class::isInstance).count();
    }

    long machines() {
        return kept.values().stream().filter(Machine.class::isInstance).count();
    }

    private static String name(JsonNode resource) {
        return resource.path("name").asString();
    }
}
