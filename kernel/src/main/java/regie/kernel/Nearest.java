package regie.kernel;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that somebody probably meant. */
public final class Nearest {
    private static final int EDITS_MAX = 3;

    private Nearest() {}

    /** {@code "; did you mean memoryMiB?"}, or what there is to choose from where nothing comes near. */
    static String hint(String name, Collection<String> known) {
        if (known.isEmpty()) return "; expected nothing here";
        var meant = meant(name, known);
        return meant.isEmpty() ? "; expected one of " + String.join(", ", known) : meant;
    }

    /** {@code "; did you mean memoryMiB?"}, or nothing where nothing comes near. */
    public static String meant(String name, Collection<String> known) {
        return known.stream()
                .filter(each -> edits(name, each) <= Math.min(EDITS_MAX, each.length() / 2))
                .min(Comparator.comparingInt((String each) -> edits(name, each)).thenComparing(each -> each))
                .map("; did you mean %s?"::formatted)
                .orElse("");
    }

    /** Levenshtein's distance, without regard to case. */
    private static int edits(String left, String right) {
        var row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) row[column] = column;
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                char here = Character.toLowerCase(left.charAt(line - 1));
                int swap = here == Character.toLowerCase(right.charAt(column - 1)) ? diagonal : diagonal + 1;
                diagonal = row[column];
                row[column] = Math.min(swap, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
