package regie.placement;

/**
 * The guest has a place to return to after the loss of any {@code count} of that domain at once.
 *
 * @param count more than 1 only for hosts
 */
public record Survives(Domain over, int count) {
    public static final int COUNT_MAX = 8;

    public Survives {
        int most = over == Domain.HOST ? COUNT_MAX : 1;
        Wrong.unless(
                count >= 1 && count <= most, "count", count, "from 1 to %d, for a %s".formatted(most, over.word()));
    }
}
