package regie.lab.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import regie.lab.chaos.Rest.NoAnswer;
import regie.lab.chaos.Thing.Group;
import regie.lab.chaos.Thing.Machine;

/**
 * One caller with resources of its own, which it changes one operation after the other. It keeps its own account of what was
 * acknowledged; of an operation without an answer it reads back which of both it was, and anything else is a failure.
 */
final class Client {
    private static final int MACHINES_MAX = 8;
    private static final int GROUPS_MAX = 2;
    private static final int COUNT_MAX = 6;

    private final String name;
    private final Rest rest;
    private final Random chance;
    private final Map<String, Thing> kept = new TreeMap<>();
    private final Map<String, String> uids = new HashMap<>();
    private final List<Promise> promises = new ArrayList<>();
    private int made;
    private int acknowledged;
    private int unanswered;

    Client(String name, Rest rest, long seed) {
        this.name = name;
        this.rest = rest;
        this.chance = new Random(seed);
    }

    /** What one operation does to one resource. */
    private record Step(String path, Optional<Thing> before, Optional<Thing> after) {
        static Step to(Optional<Thing> before, Thing after) {
            return new Step(after.path(), before, Optional.of(after));
        }
    }

    /** What has to be there in the end, by name. */
    Map<String, Thing> kept() {
        return kept;
    }

    List<Promise> promises() {
        return promises;
    }

    int acknowledged() {
        return acknowledged;
    }

    int unanswered() {
        return unanswered;
    }

    void operate() throws InterruptedException {
        var machines = only(Machine.class);
        var groups = only(Group.class);
        int dice = chance.nextInt(100);
        if (machines.isEmpty() || (dice < 15 && machines.size() < MACHINES_MAX)) put(newMachine());
        else if (dice < 25) delete(any(machines));
        else if (dice < 35 && groups.size() < GROUPS_MAX) put(newGroup());
        else if (dice < 48 && !groups.isEmpty()) group(any(groups));
        else if (dice < 68) apply(machines, chance.nextBoolean());
        else machine(any(machines));
    }

    private void machine(Machine now) throws InterruptedException {
        if (!now.on()) {
            act(now, "start", "{}", now.power(true));
            return;
        }
        switch (chance.nextInt(6)) {
            case 0 -> act(now, "stop", "{}", now.power(false));
            case 1 -> act(now, "reboot", "{}", now.rebooted());
            case 2 -> act(now, "rebuild", "{}", now.rebuilt());
            case 3, 4 -> migrate(now);
            default -> {
                var other = now.flavor().equals("small") ? "large" : "small";
                act(now, "resize", "{\"flavor\": \"%s\"}".formatted(other), now.resized(other));
            }
        }
    }

    /** Changes nothing that is kept account of. Where there was no answer it goes or it stays, and either is right. */
    private void migrate(Machine now) throws InterruptedException {
        var path = now.path() + "/actions/migrate";
        try {
            var answer = rest.send("POST", path, "{}");
            if (answer.body().path("code").asString("").equals("nowhere-yet")) return;
            var resource = answer.orFail("POST " + path);
            acknowledged++;
            if (!Thing.of(resource).equals(now)) throw new AssertionError("%s came to %s".formatted(path, resource));
            remember(resource);
        } catch (NoAnswer e) {
            unanswered++;
        }
    }

    private void group(Group now) throws InterruptedException {
        if (chance.nextInt(5) == 0) {
            delete(now);
        } else {
            int count = (now.count() + 1 + chance.nextInt(COUNT_MAX - 1)) % (COUNT_MAX + 1);
            act(now, "scale", "{\"count\": %d}".formatted(count), now.scaled(count));
        }
    }

    private void put(Thing after) throws InterruptedException {
        one("PUT", after.path(), after.put(), Step.to(Optional.empty(), after));
    }

    private void act(Thing before, String action, String input, Thing after) throws InterruptedException {
        one("POST", before.path() + "/actions/" + action, input, Step.to(Optional.of(before), after));
    }

    private void delete(Thing before) throws InterruptedException {
        one("DELETE", before.path(), "", new Step(before.path(), Optional.of(before), Optional.empty()));
    }

    private void one(String method, String path, String body, Step step) throws InterruptedException {
        try {
            var resource = rest.send(method, path, body).orFail(method + " " + path);
            acknowledged++;
            settle(step, step.after());
            if (step.after().isEmpty()) return;
            if (!Thing.of(resource).equals(step.after().get()))
                throw new AssertionError("%s %s came to %s".formatted(method, path, resource));
            remember(resource);
        } catch (NoAnswer e) {
            unanswered++;
            readBack(List.of(step));
        }
    }

    /** A manifest with a new machine and some that are there, all or nothing; {@code planned} with the number of a plan before. */
    private void apply(List<Machine> machines, boolean planned) throws InterruptedException {
        var steps = new ArrayList<Step>();
        for (var each : machines) {
            if (chance.nextBoolean()) steps.add(Step.to(Optional.of(each), each.noted("n" + ++made)));
        }
        if (machines.size() < MACHINES_MAX || steps.isEmpty()) steps.add(Step.to(Optional.empty(), newMachine()));
        var text = String.join(
                "\n---\n",
                steps.stream()
                        .map(step -> step.after().orElseThrow().manifest())
                        .toList());
        var file = "{\"name\": \"%s.yaml\", \"text\": %s}".formatted(name, Rest.quoted(text));
        try {
            var number = planned ? ", \"number\": \"%s\"".formatted(plan(file, steps.size())) : "";
            rest.send("POST", "/v1/apply", "{\"files\": [%s]%s}".formatted(file, number))
                    .orFail("apply of " + text);
            acknowledged++;
            for (var step : steps) settle(step, step.after());
            for (var step : steps) remember(rest.read(step.path()).orFail("what was applied, at " + step.path()));
        } catch (NoAnswer e) {
            unanswered++;
            readBack(steps);
        }
    }

    private String plan(String file, int changes) throws NoAnswer, InterruptedException {
        var plan = rest.send("POST", "/v1/plan", "{\"files\": [%s]}".formatted(file))
                .orFail("plan of " + file);
        if (plan.path("changes").size() != changes) throw new AssertionError("%d changes: %s".formatted(changes, plan));
        return plan.path("number").asString();
    }

    private void remember(tools.jackson.databind.JsonNode resource) {
        var promise = Promise.of(resource);
        uids.put(promise.name(), promise.uid());
        promises.add(promise);
    }

    /** All of it was done or nothing was; there is no third way. */
    private void readBack(List<Step> steps) throws InterruptedException {
        var found = new ArrayList<Optional<Thing>>();
        for (var step : steps) found.add(read(step.path()));
        boolean done = found.equals(steps.stream().map(Step::after).toList());
        boolean undone = found.equals(steps.stream().map(Step::before).toList());
        if (done == undone) throw new AssertionError("%s was neither done nor left: %s".formatted(steps, found));
        for (var step : steps) settle(step, done ? step.after() : step.before());
    }

    private Optional<Thing> read(String path) throws InterruptedException {
        var answer = rest.read(path);
        if (answer.status() == 404) return Optional.empty();
        var resource = answer.orFail("reading back " + path);
        if (resource.has("deletingAt")) return Optional.empty();
        remember(resource);
        return Optional.of(Thing.of(resource));
    }

    private void settle(Step step, Optional<Thing> now) {
        now.ifPresent(thing -> kept.put(thing.name(), thing));
        if (now.isPresent() || step.before().isEmpty()) return;
        var gone = step.before().get().name();
        kept.remove(gone);
        Optional.ofNullable(uids.get(gone)).ifPresent(uid -> promises.add(Promise.deleted(uid, gone)));
    }

    private Machine newMachine() {
        made++;
        return new Machine(name + "-m" + made, "n" + made, chance.nextBoolean() ? "small" : "large", true, 0, 0);
    }

    private Group newGroup() {
        made++;
        return new Group(name + "-f" + made, "n" + made, 1 + chance.nextInt(COUNT_MAX));
    }

    private <T extends Thing> List<T> only(Class<T> kind) {
        return kept.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private <T> T any(List<T> all) {
        return all.get(chance.nextInt(all.size()));
    }
}
