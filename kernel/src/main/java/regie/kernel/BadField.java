package regie.kernel;

/** Thrown by a spec's constructor where its components don't fit together; the door adds file, line and column. */
public final class BadField extends RuntimeException {
    private final String field;

    private BadField(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** @throws BadField where {@code holds} is false; {@code expected} reads as "expected …" */
    public static void unless(boolean holds, String field, Object value, String expected) {
        if (!holds) throw new BadField(field, "%s is %s; expected %s".formatted(field, value, expected));
    }

    /** Path of the field inside the spec, with dots. */
    public String field() {
        return field;
    }
}
