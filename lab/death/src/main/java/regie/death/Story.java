package regie.death;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, in words; kept where somebody wants to read it, and always part of the hash. */
final class Story {
    private static final int LINES_MAX = 20_000;

    private final VirtualTime time;
    private final boolean told;
    private final List<String> lines = new ArrayList<>();

    Story(VirtualTime time, boolean told) {
        this.time = time;
        this.told = told;
    }

    // The annotation that is asked for would be ErrorProne's, at run time.
    @SuppressWarnings("AnnotateFormatMethod")
    void say(String who, String what, Object... parts) {
        time.mix(what.hashCode());
        time.mix(who.hashCode());
        if (told && lines.size() < LINES_MAX)
            lines.add(String.format(Locale.ROOT, "%10.3f s  %-6s %s", time.now() / 1e9, who, what.formatted(parts)));
    }

    List<String> lines() {
        return lines;
    }
}
