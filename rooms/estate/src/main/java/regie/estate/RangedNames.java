package regie.estate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Many names in few words: {@code par1-h[001-200], par1-db1}, as manifests write ranges. */
final class RangedNames {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int SHOWN_MAX = 12;

    private RangedNames() {}

    private record Run(String stem, String first, String last) {
        @Override
        public String toString() {
            return first.equals(last) ? stem + first : "%s[%s-%s]".formatted(stem, first, last);
        }

        boolean goesOnWith(Run next) {
            return !last.isEmpty()
                    && stem.equals(next.stem)
                    && last.length() == next.first.length()
                    && Integer.parseInt(last) + 1 == Integer.parseInt(next.first);
        }
    }

    static String of(Collection<String> names) {
        var runs = new ArrayList<Run>();
        for (var name : new TreeSet<>(names)) {
            var next = run(name);
            if (!runs.isEmpty() && runs.getLast().goesOnWith(next)) {
                var before = runs.removeLast();
                runs.add(new Run(before.stem(), before.first(), next.last()));
            } else {
                runs.add(next);
            }
        }
        var shown = new ArrayList<>(List.copyOf(runs.subList(0, Math.min(SHOWN_MAX, runs.size()))).stream()
                .map(Run::toString)
                .toList());
        if (runs.size() > SHOWN_MAX) shown.add("and %d more".formatted(runs.size() - SHOWN_MAX));
        return String.join(", ", shown);
    }

    private static Run run(String name) {
        var matcher = NUMBERED.matcher(name);
        return matcher.matches()
                ? new Run(matcher.group(1), matcher.group(2), matcher.group(2))
                : new Run(name, "", "");
    }
}
