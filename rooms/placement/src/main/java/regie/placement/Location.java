package regie.placement;

import java.util.List;

/**
 * Where a host stands, and what it hangs on. A text is empty where it is not known.
 *
 * @param country ISO 3166-1 alpha-2 code
 * @param room unique over all sites; so are {@code rack}, {@code feeds} and {@code switches}
 * @param feeds each alone keeps the host running, so that the loss of one kills it only where it is the only one
 * @param switches the pair of switches it hangs on
 */
public record Location(String site, String country, String room, String rack, List<String> feeds, String switches) {
    public Location {
        Wrong.unless(!site.isEmpty(), "site", site, "the name of a site");
        feeds = feeds.stream().distinct().sorted().toList();
    }

    /** At a site of which no more is known. */
    public static Location at(String site) {
        return new Location(site, "", "", "", List.of(), "");
    }

    public Location inRack(String rack) {
        return new Location(site, country, room, rack, feeds, switches);
    }
}
