package regie.kernel;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The number of a plan: the same changes on the same generations have the same number on every server, and nothing has to be kept. */
final class PlanNumber {
    private static final int BYTES = 8;

    private PlanNumber() {}

    /** 16 hexadecimal digits in groups of four, of a SHA-256 over all that the plan would do. */
    static String of(List<Changes.Change> changes) {
        var digest = Sha256.begin();
        for (var change : changes) digest.update((Json.write(change) + "\n").getBytes(StandardCharsets.UTF_8));
        var hex = HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        return hex.replaceAll("(?<=\\G.{4})(?=.)", "-");
    }
}
