package regie.placement;

/**
 * Whose room has changed of late, by rank, so that what was found out about all hosts can be put right host by host. A question
 * that was asked too long ago has to be asked anew.
 */
final class Journal {
    private static final int SIZE = 1 << 14;

    private final int[] ranks = new int[SIZE];
    /** The first change is the first after it: 0 stands for a question that was never asked. */
    private long end = 1;

    void add(int rank) {
        ranks[(int) (end++ & (SIZE - 1))] = rank;
    }

    /** Grows with every change. */
    long end() {
        return end;
    }

    /** Whether all since {@code start} is still known. */
    boolean reaches(long start) {
        return end - start <= SIZE;
    }

    int rank(long at) {
        return ranks[(int) (at & (SIZE - 1))];
    }
}
