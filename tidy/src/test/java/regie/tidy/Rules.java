package regie.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All rules, in one readable list. A rule that was repeated in review becomes a line here. */
final class Rules {
    private Rules() {}

    /** @param paths all files of the tree */
    static List<Rule> all(Set<String> paths) {
        var rules = new ArrayList<Rule>(words());
        rules.add(new LongFile());
        rules.add(new ForeignTable());
        rules.add(new UpwardImport(Floors.read()));
        rules.add(new ProblemPage(paths));
        rules.add(new BrokenLink(paths));
        return List.copyOf(rules);
    }

    // The patterns are written so that none of them finds itself.
    private static List<Rule> words() {
        return List.of(
                Forbidden.inCode(
                        "clock",
                        Source::isMainJava,
                        "\\b(Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now\\b"
                                + "|\\bSystem\\.(currentTimeMillis|nanoTime)\\b|\\bClock\\.system\\w*",
                        "what reads the machine's clock can't be run by a simulation, and one run can't be repeated",
                        "take a regie.kernel.Clock (below the control room: a Timeline) in the constructor"),
                Forbidden.inCode(
                        "chance",
                        Source::isMainJava,
                        "\\bMath\\.random\\b|\\bnew (Secure)?Random\\b|\\bThreadLocalRandom\\b|\\bUUID\\.randomUUID\\b",
                        "chance of its own makes a run that no seed brings back",
                        "take a regie.kernel.Chance in the constructor"),
                Forbidden.inCode(
                        "unseeded",
                        source -> source.isJava() && !source.isMainJava(),
                        "\\bMath\\.random\\b|\\bnew Random\\(\\)|\\bThreadLocalRandom\\b",
                        "a test that fails once and never again helps nobody",
                        "new Random(seed), with the seed in the name of the test"),
                Forbidden.inCode(
                        "sleep",
                        Source::isMainJava,
                        "\\bThread\\.sleep\\b|\\bTimeUnit\\.\\w+\\.sleep\\b",
                        "a sleep is a guess: too short on a bad day and too long on every other",
                        "wait for the event itself (a queue, a condition, a future), with a deadline"),
                Forbidden.inCode(
                        "mock",
                        Source::isPom,
                        "mockito|easymock|jmockit|powermock|wiremock",
                        "a mock says what we believe of a thing, not what the thing does",
                        "the real engine, or the simulated one of engines/"),
                Forbidden.inCode(
                        "shell",
                        Source::isJava,
                        "\"(/usr)?(/bin/)?(ba|da|z)?sh\"\\s*,\\s*\"-\\w*c\\w*\"|\\b(ba|da|z)?sh -\\w*c\\b|Runtime.*\\.exec\\(",
                        "a shell string built from input runs whatever the input says",
                        "a ProcessBuilder with a list of arguments"),
                Forbidden.anywhere(
                        "unfinished",
                        "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b",
                        "what is unfinished is finished, removed, or written down where it is planned",
                        "do it now, or leave it out"),
                Forbidden.anywhere(
                        "registry",
                        "\\brepo1?\\.maven\\.(apache\\.)?org|\\bregistry\\.(npmjs|yarnpkg)\\.|\\bcentral\\.sonatype\\."
                                + "|\\b(deb|security|ftp|snapshot)\\.debian\\.org|\\barchive\\.ubuntu\\.com",
                        "where packages come from is the reader's setting: mirrors, proxies and closed networks differ",
                        "leave the host out; Maven, npm and apt know theirs"),
                Forbidden.anywhere(
                        "machine-path",
                        "(?<![\\w.$}])/(work|tmp/wt)/\\w|/usr/lib/jvm/\\w|(?<![\\w.$}])/(home|Users)/[a-z]",
                        "a path of one machine is missing on the next",
                        "find it: the PATH, the environment, a scan, or a setting"));
    }
}
