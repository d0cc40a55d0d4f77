package regie.kernel;

import java.util.UUID;

/** The uid of a {@code T}: given once, never again to another. UUID version 7, so that ids made later sort later. */
public record Id<T>(UUID value) implements Comparable<Id<T>> {
    public static <T> Id<T> of(UUID value) {
        return new Id<>(value);
    }

    public static <T> Id<T> parse(String text) {
        return new Id<>(UUID.fromString(text));
    }

    @Override
    public int compareTo(Id<T> other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
