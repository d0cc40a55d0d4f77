package regie.engine.libvirt;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML; what it is given as text or attribute comes out as just that. */
final class Xml {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes name, value, name, value, … */
    Xml open(String element, String... attributes) {
        start(element, attributes).append('>');
        open.push(element);
        return this;
    }

    Xml close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Xml empty(String element, String... attributes) {
        start(element, attributes).append("/>");
        return this;
    }

    Xml text(String element, String text, String... attributes) {
        start(element, attributes).append('>');
        escape(text);
        out.append("</").append(element).append('>');
        return this;
    }

    /** @param xml an element that is well-formed by itself */
    Xml raw(String xml) {
        out.append(xml);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) throw new IllegalStateException("not closed: " + open);
        return out.toString();
    }

    private StringBuilder start(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("='");
            escape(attributes[i + 1]);
            out.append('\'');
        }
        return out;
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                // Written as they are, a reader takes these for blanks.
                case '\t', '\n', '\r' -> out.append("&#").append(point).append(';');
                default -> out.appendCodePoint(carried(point));
            }
        });
    }

    /** XML 1.0 has no way to carry control characters, half surrogates and the two non-characters. */
    private static int carried(int point) {
        boolean carried = point >= 0x20 && (point < 0xD800 || point > 0xDFFF) && point != 0xFFFE && point != 0xFFFF;
        if (!carried) throw new IllegalArgumentException("U+%04X can't be written in XML".formatted(point));
        return point;
    }
}
