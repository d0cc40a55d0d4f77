package regie.estate;

/** By place of the {@link Wiring}: a number that all places share that reach each other. */
final class Parts {
    private static final int DARK = -1;

    private final int[] numbers;

    /** @param numbers -1 where a place is dark; belongs to this from now on */
    Parts(int[] numbers) {
        this.numbers = numbers;
    }

    boolean dark(int place) {
        return numbers[place] == DARK;
    }

    /** -1 where {@code place} is dark. */
    int of(int place) {
        return numbers[place];
    }
}
