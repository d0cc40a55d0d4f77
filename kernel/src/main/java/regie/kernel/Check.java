package regie.kernel;

/** What our own code promises itself. A broken promise is a bug: loud, and never shown to a user as theirs. */
public final class Check {
    private Check() {}

    /** @throws Broken where {@code holds} is false, with {@code promise} as it should have been */
    public static void that(boolean holds, String promise) {
        if (!holds) throw failed(promise);
    }

    public static Broken failed(String promise) {
        return new Broken("this should be so and is not: " + promise, null);
    }

    /** The value, which by our own doing can't be null here. */
    public static <T> T present(@org.jspecify.annotations.Nullable T value) {
        if (value == null) throw failed("a value is there");
        return value;
    }

    public static final class Broken extends RuntimeException {
        Broken(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
