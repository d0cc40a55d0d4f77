package regie.lab.clients;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a user knows of its own names: for each what may stand there now, which is one thing after an answer, and what was or what
 * was asked for after none; and what the log has to say of it all.
 */
final class Account {
    private static final Set<Optional<Thing>> NOTHING = Set.of(Optional.empty());

    private final Map<String, Set<Optional<Thing>>> may = new LinkedHashMap<>();

    /** For each name, for each write in its order, what the log may say of it. */
    private final Map<String, List<Set<Optional<Move.Event>>>> told = new LinkedHashMap<>();

    private final Consumer<String> findings;

    Account(Consumer<String> findings) {
        this.findings = findings;
    }

    Set<Optional<Thing>> may(String name) {
        return may.getOrDefault(name, NOTHING);
    }

    Set<String> names() {
        return Set.copyOf(may.keySet());
    }

    /** @param said what the answer shows, where it shows something */
    void answered(String name, Move move, int status, Optional<Thing> said) {
        var steps = may(name).stream()
                .map(move::on)
                .filter(step -> step.status() == status)
                .filter(step -> said.isEmpty() || step.after().equals(said))
                .collect(Collectors.toSet());
        if (steps.isEmpty()) {
            findings.accept("%s of %s was answered with %d%s, and %s may stand there"
                    .formatted(
                            move, name, status, said.map(" and %s"::formatted).orElse(""), may(name)));
            return;
        }
        may.put(name, steps.stream().map(Move.Step::after).collect(Collectors.toSet()));
        tell(name, steps.stream().map(Move.Step::event).collect(Collectors.toSet()));
    }

    void unanswered(String name, Move move) {
        var after = new HashSet<>(may(name));
        var events = new HashSet<Optional<Move.Event>>(Set.of(Optional.empty()));
        for (var now : may(name)) {
            after.add(move.on(now).after());
            events.add(move.on(now).event());
        }
        may.put(name, after);
        tell(name, events);
    }

    /** Whether {@code move} may be answered with {@code status}. */
    boolean canBe(String name, Move move, int status) {
        return may(name).stream().anyMatch(now -> move.on(now).status() == status);
    }

    void saw(String name, Optional<Thing> seen) {
        if (!may(name).contains(seen)) findings.accept("%s is %s and may be %s".formatted(name, seen, may(name)));
        may.put(name, Set.of(seen));
    }

    private void tell(String name, Set<Optional<Move.Event>> events) {
        told.computeIfAbsent(name, _ -> new ArrayList<>()).add(events);
    }

    /** Holds what the log said of {@code name} against what it has to say, and begins anew. */
    void checkLog(String name, List<Move.Event> log) {
        var writes = Optional.ofNullable(told.remove(name)).orElse(List.of());
        var read = Set.of(0); // how many events may belong to the writes so far
        for (var events : writes) {
            var next = new HashSet<Integer>();
            for (int at : read) {
                for (var event : events) {
                    if (event.isEmpty()) next.add(at);
                    else if (at < log.size() && log.get(at).equals(event.get())) next.add(at + 1);
                }
            }
            read = next;
        }
        if (!read.contains(log.size()))
            findings.accept("the log says of %s %s, and what was done may have been %s".formatted(name, log, writes));
    }
}
