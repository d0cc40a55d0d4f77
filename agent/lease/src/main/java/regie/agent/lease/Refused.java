package regie.agent.lease;

/**
 * A promise: {@code by} has granted {@code host} nothing for {@code elapsedNanos} before it said so, and will grant it nothing until
 * this condemnation is lifted.
 *
 * @param by the voter's host, or the name of a server of the room
 * @param elapsedNanos by its own clock; where it can't know its last grant, since its own start. On the way it only grows older
 */
public record Refused(String by, String host, long condemnation, long elapsedNanos) {
    public Refused {
        if (elapsedNanos < 0) throw new IllegalArgumentException("elapsed %d < 0".formatted(elapsedNanos));
    }
}
