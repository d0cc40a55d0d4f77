package regie.identity;

import java.util.List;
import java.util.function.Function;
import regie.kernel.Gathering;
import regie.kernel.Key;
import regie.kernel.Resources;
import regie.kernel.Wanted;

/**
 * Single writes that come at the same time, in one transaction: its statements and its commit cost about the same for many as for
 * one. Each has its own condition, answer and line in the audit trail.
 */
final class Puts {
    /** So many transactions at one time keep a few cores of the database busy; one that waits for a lock holds up a quarter. */
    private static final int GROUPS = 4;

    private Puts() {}

    record Put(Caller caller, Wanted wanted, Condition condition) {
        Key key() {
            return wanted.key();
        }
    }

    static <R> Gathering<Put, R> gathering(Function<Put, R> alone, Function<List<Put>, List<R>> together) {
        return new Gathering<>(GROUPS, Resources.KNOWN_MAX, new Gathering.Work<>() {
            @Override
            public R alone(Put put) {
                return alone.apply(put);
            }

            @Override
            public List<R> together(List<Put> puts) {
                return together.apply(puts);
            }

            // the log says in whose name a transaction was made
            @Override
            public Object group(Put put) {
                return put.caller().actor();
            }

            @Override
            public Object thing(Put put) {
                return put.key();
            }
        });
    }
}
