package regie.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import regie.identity.Operation.Outcome;
import regie.identity.Operation.Verb;
import regie.identity.Operation.What;
import regie.kernel.Changes;
import regie.kernel.Database;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Refused;
import regie.kernel.Wanted;

/**
 * Many changes of one caller in one transaction. Each has an outcome of its own, or all are done or none. Neighbours that put, or
 * that delete, are done together in a few statements; where that is refused, by halves, down to the one that is at fault.
 */
public final class Batches {
    public static final int OPERATIONS_MAX = 10_000;

    private final Database database;
    private final Kinds kinds;
    private final Manifests manifests;
    private final Desk desk;

    public Batches(Database database, Kinds kinds, Manifests manifests, Desk desk) {
        this.database = database;
        this.kinds = kinds;
        this.manifests = manifests;
        this.desk = desk;
    }

    /**
     * Does {@code operations} in their order; what is put may refer to what stands before it.
     *
     * @param atomic whether one that is refused undoes all
     * @return an outcome for each, in the same order
     * @throws Refused with a {@link BatchRefusal} where it is atomic and one is refused
     */
    public List<Outcome> run(Caller caller, List<Operation> operations, boolean atomic) {
        return database.together(caller.actor(), _ -> new Run(caller, operations, atomic).all());
    }

    private final class Run {
        private final Caller caller;
        private final List<Operation> operations;
        private final boolean atomic;
        private final Outcome[] outcomes;

        Run(Caller caller, List<Operation> operations, boolean atomic) {
            this.caller = caller;
            this.operations = operations;
            this.atomic = atomic;
            this.outcomes = new Outcome[operations.size()];
        }

        List<Outcome> all() {
            for (int from = 0; from < operations.size(); ) {
                int until = neighbours(from);
                switch (operations.get(from).verb()) {
                    case PUT -> put(read(from, until));
                    case DELETE -> delete(from, until);
                    case PATCH, ACT -> one(from);
                }
                from = until;
            }
            return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
        }

        /** Behind the last of those that can be done together with the one at {@code from}: the same verb, no resource twice. */
        private int neighbours(int from) {
            var verb = operations.get(from).verb();
            if (verb != Verb.PUT && verb != Verb.DELETE) return from + 1;
            var keys = new HashSet<>();
            int until = from;
            while (until < operations.size()
                    && operations.get(until).verb() == verb
                    && keys.add(operations.get(until).key())) until++;
            return until;
        }

        private record Put(int at, Wanted wanted) {}

        /** What can't be read, or is not the caller's to write, has its outcome now. */
        private List<Put> read(int from, int until) {
            var puts = new ArrayList<Put>();
            for (int at = from; at < until; at++) {
                var operation = operations.get(at);
                int place = at;
                attempt(at, () -> {
                    desk.checkWrite(caller, operation.key());
                    var kind = kinds.get(operation.key().kind());
                    puts.add(new Put(
                            place, manifests.body(kind, operation.key(), "operations." + place, operation.content())));
                });
            }
            return puts;
        }

        private void put(List<Put> puts) {
            if (puts.isEmpty()) return;
            try {
                var changes = desk.put(
                        caller,
                        puts.stream().map(Put::wanted).toList(),
                        puts.stream()
                                .map(put -> operations.get(put.at()).condition())
                                .toList());
                for (int at = 0; at < puts.size(); at++) outcomes[puts.get(at).at()] = done(changes.get(at));
            } catch (Refused e) {
                if (puts.size() == 1) {
                    refused(puts.getFirst().at(), e);
                    return;
                }
                put(puts.subList(0, puts.size() / 2));
                put(puts.subList(puts.size() / 2, puts.size()));
            }
        }

        private void delete(int from, int until) {
            if (until - from == 1) {
                one(from);
                return;
            }
            try {
                var group = operations.subList(from, until);
                if (group.stream()
                        .anyMatch(each -> each.condition().generation().isPresent())) halves(from, until);
                else {
                    var keys = group.stream().map(Operation::key).toList();
                    var changes = desk.delete(caller, keys, Optional.empty()).changes();
                    for (int at = from; at < until; at++) outcomes[at] = done(changes.get(at - from));
                }
            } catch (Refused e) {
                halves(from, until);
            }
        }

        private void halves(int from, int until) {
            int middle = from + (until - from) / 2;
            delete(from, middle);
            delete(middle, until);
        }

        private void one(int at) {
            var operation = operations.get(at);
            var key = operation.key();
            var text = operation.content().toString();
            attempt(at, () -> {
                switch (operation.verb()) {
                    case PATCH -> outcomes[at] = done(desk.patch(caller, key, text, operation.condition()));
                    case ACT ->
                        outcomes[at] = done(desk.act(caller, key, operation.action(), text, operation.condition()));
                    case DELETE -> {
                        desk.delete(caller, key, operation.condition());
                        outcomes[at] = new Outcome.Done(
                                What.DELETED, operation.condition().generation().orElse(0L));
                    }
                    case PUT -> throw regie.kernel.Check.failed("puts are done with their neighbours");
                }
            });
        }

        private void attempt(int at, Runnable work) {
            try {
                work.run();
            } catch (Refused e) {
                refused(at, e);
            }
        }

        private void refused(int at, Refused e) {
            if (atomic) throw new BatchRefusal(at, e.refusal()).asException();
            outcomes[at] = new Outcome.Refused(e.refusal());
        }
    }

    private static Outcome done(Desk.Outcome outcome) {
        return new Outcome.Done(What.CHANGED, outcome.now().generation());
    }

    private static Outcome done(Changes.Change change) {
        return switch (change.action()) {
            case CREATE -> new Outcome.Done(What.CREATED, 1);
            case CHANGE -> new Outcome.Done(What.CHANGED, change.generation() + 1);
            case KEEP -> new Outcome.Done(What.KEPT, change.generation());
            case DELETE -> new Outcome.Done(What.DELETED, change.generation());
        };
    }
}
