package regie.cli;

import java.util.Map;

/** How a word ended, for scripts. Also in docs/cli.md and under every {@code --help}. */
final class ExitCode {
    static final int OK = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int CONFLICT = 4;
    static final int NOT_ALLOWED = 5;
    static final int UNREACHABLE = 6;
    static final int FAULT = 7;
    static final int TIMED_OUT = 8;
    static final int DECLINED = 9;

    /** For picocli's help: in order, one line each. */
    static final Map<String, String> MEANINGS = Words.inOrder(
            "0", "done",
            "1", "refused: the request is wrong, or a rule forbids it",
            "2", "wrong usage of this program",
            "3", "there is no such thing",
            "4", "conflict: it changed meanwhile, or something else needs it",
            "5", "not signed in, or not allowed",
            "6", "the room can't be reached",
            "7", "a fault of the room or of this program",
            "8", "--wait gave up before it was done",
            "9", "you were asked, and said no");

    private ExitCode() {}

    /** @param status of HTTP, 400 or above */
    static int of(int status) {
        return switch (status) {
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 409, 410, 412 -> CONFLICT;
            default -> status >= 500 ? FAULT : REFUSED;
        };
    }
}
