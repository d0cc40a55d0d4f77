package regie.cli;

/**
 * Colours, where somebody sees them.
 *
 * @param out whether standard output is coloured
 * @param err whether standard error is
 */
record Ink(boolean out, boolean err) {
    static final Ink NONE = new Ink(false, false);

    enum Colour {
        BOLD("1"),
        FAINT("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    String on(Colour colour, String text) {
        return out ? paint(colour, text) : text;
    }

    String onErr(Colour colour, String text) {
        return err ? paint(colour, text) : text;
    }

    private static String paint(Colour colour, String text) {
        return "\033[" + colour.code + "m" + text + "\033[0m";
    }

    /** What came from elsewhere, without the control characters that could play tricks on a terminal. */
    static String plain(String text) {
        boolean clean = text.chars().noneMatch(Ink::isControl);
        if (clean) return text;
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> safe.appendCodePoint(isControl(point) ? '\uFFFD' : point));
        return safe.toString();
    }

    private static boolean isControl(int point) {
        return point != '\n' && point != '\t' && (point < 0x20 || (point >= 0x7f && point < 0xa0));
    }
}
