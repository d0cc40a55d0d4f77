package regie.kernel;

/** Thrown by a record's constructor where its components don't fit together; the door adds file, line and column. */
public final class BadField extends RuntimeException {
    private final String field;
    private final String value;
    private final String expected;

    private BadField(String field, String value, String expected) {
        super(null, null, false, false);
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    /** @throws BadField where {@code holds} is false; {@code expected} reads as "expected …" */
    public static void unless(boolean holds, String field, Object value, String expected) {
        if (!holds) throw new BadField(field, String.valueOf(value), expected);
    }

    /** Path of the field inside the record, with dots. */
    public String field() {
        return field;
    }

    /** The same, of a record that stands inside another under the name {@code outer}. */
    BadField inside(String outer) {
        return outer.isEmpty() ? this : new BadField(outer + "." + field, value, expected);
    }

    @Override
    public String getMessage() {
        return "%s is %s; expected %s".formatted(field, value, expected);
    }
}
