package regie.cli;

/** How much of a whole is done, to look at: {@code [####....]}. */
final class Bar {
    private Bar() {}

    /** @param width in characters, without the brackets */
    static String of(int part, int whole, int width) {
        int full = whole <= 0 ? 0 : Math.clamp((long) width * part / whole, 0, width);
        return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
    }
}
