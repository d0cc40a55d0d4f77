package regie.tidy;

import java.util.EnumSet;
import java.util.Set;

/** Takes Java source apart into code, strings and comments, as far as rules over text need it. */
final class JavaText {
    private enum Part {
        CODE,
        STRING,
        COMMENT
    }

    private final String java;
    private int at;

    private JavaText(String java) {
        this.java = java;
    }

    /** Comments become spaces; lines and columns stay. */
    static String withoutComments(String java) {
        return new JavaText(java).only(EnumSet.of(Part.CODE, Part.STRING));
    }

    /** Everything but strings, characters and text blocks becomes spaces; lines and columns stay. */
    static String stringsOnly(String java) {
        return new JavaText(java).only(EnumSet.of(Part.STRING));
    }

    private String only(Set<Part> wanted) {
        var kept = new StringBuilder(java.length());
        while (at < java.length()) {
            int begin = at;
            var part = next();
            var text = java.substring(begin, at);
            kept.append(wanted.contains(part) ? text : text.replaceAll("[^\\n]", " "));
        }
        return kept.toString();
    }

    /** Moves {@code at} behind the part that begins there. */
    private Part next() {
        if (java.startsWith("//", at)) {
            at = end("\n", at + 2) - (java.indexOf('\n', at) < 0 ? 0 : 1);
            return Part.COMMENT;
        }
        if (java.startsWith("/*", at)) {
            at = end("*/", at + 2);
            return Part.COMMENT;
        }
        if (java.startsWith("\"\"\"", at)) {
            at = endOfString("\"\"\"", at + 3);
            return Part.STRING;
        }
        if (java.charAt(at) == '"' || java.charAt(at) == '\'') {
            at = endOfString(java.substring(at, at + 1), at + 1);
            return Part.STRING;
        }
        at++;
        return Part.CODE;
    }

    private int end(String sign, int from) {
        int found = java.indexOf(sign, from);
        return found < 0 ? java.length() : found + sign.length();
    }

    private int endOfString(String quote, int from) {
        int i = from;
        while (i < java.length() && !java.startsWith(quote, i)) {
            i += java.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + quote.length(), java.length());
    }
}
