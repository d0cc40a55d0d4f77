package regie.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Many names in few words, as manifests write ranges: {@code par1-h[001-200], par1-db1}. */
final class NameRuns {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");

    private NameRuns() {}

    private record Run(String stem, String first, String last) {
        static Run of(String name) {
            var matcher = NUMBERED.matcher(name);
            return matcher.matches()
                    ? new Run(matcher.group(1), matcher.group(2), matcher.group(2))
                    : new Run(name, "", "");
        }

        boolean goesOnWith(Run next) {
            return !last.isEmpty()
                    && stem.equals(next.stem)
                    && last.length() == next.first.length()
                    && Integer.parseInt(last) + 1 == Integer.parseInt(next.first);
        }

        @Override
        public String toString() {
            return first.equals(last) ? stem + first : "%s[%s-%s]".formatted(stem, first, last);
        }
    }

    /** At most {@code most} runs, and how many there are beyond them. */
    static String of(Collection<String> names, int most) {
        var runs = new ArrayList<Run>();
        for (var name : new TreeSet<>(names)) {
            var next = Run.of(name);
            if (!runs.isEmpty() && runs.getLast().goesOnWith(next)) {
                var before = runs.removeLast();
                runs.add(new Run(before.stem(), before.first(), next.last()));
            } else {
                runs.add(next);
            }
        }
        List<String> shown =
                new ArrayList<>(runs.stream().limit(most).map(Run::toString).toList());
        if (runs.size() > most) shown.add("and %d more".formatted(runs.size() - most));
        return String.join(", ", shown);
    }
}
