package regie.estate;

import java.util.List;

/**
 * A single point of failure: an element whose loss alone takes something down that does not stand in it, or all members of a
 * {@link Group} wherever they stand.
 *
 * @param changes the smallest that take it away, in words; one for each sort of thing that is hit
 */
public record SinglePoint(Element element, List<Hit> hits, List<String> changes) {

    /** @param kind {@code server}, {@code device}, or the sort of a group */
    public record Hit(String kind, String name, How how) {}

    public enum How {
        /** No live feed reaches it. */
        DARK,
        /** It has a disk on a device that is dark. */
        DISKLESS,
        /** It runs, and reaches the outside no more. */
        CUT_OFF,
        /** None of its members is left that runs and is in reach. */
        NOBODY_LEFT
    }
}
