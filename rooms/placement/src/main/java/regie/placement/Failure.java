package regie.placement;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that may break, at the size it has now. The loss of several hosts at once is foreseen as one failure for each of the
 * hosts and each number of hosts ({@code count}): whichever fall together, what each of them needs elsewhere is known.
 */
final class Failure {
    private static final int[] NO_CURSORS = new int[0];
    private static final long[] NO_EPOCHS = new long[0];

    private final int id;
    private final Domain domain;
    private final int kind;
    private final int number;
    private final String name;
    private final int count;
    private @Nullable Failure lead;
    private boolean counted;
    private int[] cursors = NO_CURSORS;
    private long[] epochs = NO_EPOCHS;

    /**
     * @param id small, and never used for another
     * @param number of {@link Domains}
     * @param count of how many that fall at once this is one
     */
    Failure(int id, Domain domain, int number, String name, int count) {
        this.id = id;
        this.domain = domain;
        kind = domain.number();
        this.number = number;
        this.name = name;
        this.count = count;
    }

    int id() {
        return id;
    }

    Domain domain() {
        return domain;
    }

    int number() {
        return number;
    }

    /** The domain's; for a host its id. */
    String name() {
        return name;
    }

    int count() {
        return count;
    }

    /**
     * Whether what it would bring to each refuge is counted. It needn't be while every witness that covers it also covers one and
     * the same larger failure, its {@link #lead}: then the lead brings each refuge at least as much.
     */
    boolean counted() {
        return counted;
    }

    void countFromNow() {
        counted = true;
        lead = null;
    }

    /** What all witnesses that cover it also cover; empty while there are none, and once it is counted. */
    Optional<Failure> lead() {
        return Optional.ofNullable(lead);
    }

    void follow(Failure larger) {
        lead = larger;
    }

    boolean hits(HostState host) {
        return hits(host.domains());
    }

    /** @param domains of a host, by kind */
    boolean hits(int[] domains) {
        return domains[kind] == number;
    }

    /** Before this place in the order of refuges a need found no room when it was last looked for. */
    int cursor(int need) {
        return need < cursors.length ? cursors[need] : 0;
    }

    /** Whether nothing has become free since the cursor began to move. */
    boolean currentSince(int need, long epoch) {
        return need < epochs.length && epochs[need] == epoch;
    }

    /** @param restart whether the search began at the first refuge, in {@code epoch} */
    void cursor(int need, int at, boolean restart, long epoch) {
        if (need >= cursors.length) {
            int size = Math.max(4, need + 1 + need / 2);
            cursors = Arrays.copyOf(cursors, size);
            epochs = Arrays.copyOf(epochs, size);
        }
        cursors[need] = at;
        if (restart) epochs[need] = epoch;
    }
}
