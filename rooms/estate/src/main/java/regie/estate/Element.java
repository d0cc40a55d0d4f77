package regie.estate;

import java.util.Comparator;
import regie.kernel.Json;

/**
 * Something of the estate that can be lost, written {@code feed/par1-b}.
 *
 * @param name of a room {@code SITE/ROOM}, of a carrier as links name it, else the name of the declared resource
 */
public record Element(Kind kind, String name) implements Comparable<Element> {
    private static final Comparator<Element> ORDER =
            Comparator.comparing(Element::kind).thenComparing(Element::name);

    /** From the large to the small. */
    public enum Kind {
        SITE,
        /** A room or cage, as racks name it. */
        ROOM,
        RACK,
        FEED,
        /** Who runs links, or a network outside that they lead to. */
        CARRIER,
        DEVICE,
        LINK,
        SERVER;

        /** As it is written: {@code feed}. */
        public String word() {
            return Json.name(this);
        }
    }

    @Override
    public int compareTo(Element other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + "/" + name;
    }
}
