package regie.estate;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * What a loss takes along. What was out before already is not in it.
 *
 * @param lost what was asked for
 * @param fallen all that falls, the lost itself included, from the large to the small
 */
public record Loss(Set<Element> lost, NavigableMap<Element, Fall> fallen) {

    /** @param because what brings it down by itself: the container, the feeds, the devices, what lies between it and the outside */
    public record Fall(Fate fate, List<Element> because) {}

    public enum Fate {
        /** Was named. */
        LOST,
        /** Stands in what is lost. */
        GONE,
        /** No live feed reaches it. */
        DARK,
        /** Of a server: it has power, and a disk on a device that has none. */
        DISKLESS,
        /** Of a server: it runs, and reaches the outside no more. */
        CUT_OFF,
        /** Of a link: it carries nothing any more. */
        DOWN
    }

    /** What becomes of the server {@code name}; empty where nothing does. */
    public Optional<Fate> server(String name) {
        return Optional.ofNullable(fallen.get(new Element(Element.Kind.SERVER, name)))
                .map(Fall::fate);
    }

    /** Whether {@code fate} ends what runs on a server; one that is cut off runs on. */
    public static boolean ends(Fate fate) {
        return fate != Fate.CUT_OFF;
    }
}
