package regie.placement;

/** A value that can't be. */
final class Wrong {
    private Wrong() {}

    /** @throws IllegalArgumentException where {@code right} is false; names the field, the value and what was expected */
    static void unless(boolean right, String field, Object value, String expected) {
        if (!right)
            throw new IllegalArgumentException("%s is %s; expected %s".formatted(field, shown(value), expected));
    }

    private static String shown(Object value) {
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }
}
