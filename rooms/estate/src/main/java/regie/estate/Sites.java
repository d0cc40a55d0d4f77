package regie.estate;

import regie.kernel.Kind;
import regie.kernel.Kind.Scope;
import regie.kernel.Status;

/** The places where things stand, and the racks and power feeds in them. */
public final class Sites {
    public static final Kind<SiteSpec, Status.None> KIND = Kind.plain(
                    "Site", "sites", Scope.ESTATE, SiteSpec.class, "a place with its own power and network")
            .column("STATE", site -> site.spec().state())
            .column("CITY", site -> site.spec().city())
            .column("COUNTRY", site -> site.spec().country())
            .column("ROLES", site -> site.spec().roles())
            .wideColumn("FACILITY", site -> site.spec().facility());

    public static final Kind<RackSpec, Status.None> RACK = Kind.plain(
                    "Rack", "racks", Scope.ESTATE, RackSpec.class, "a cabinet that holds servers and devices")
            .column("SITE", rack -> rack.spec().site())
            .column("ROOM", rack -> rack.spec().room())
            .column("UNITS", rack -> rack.spec().units())
            .wideColumn("FEEDS", rack -> rack.spec().feeds());

    public static final Kind<FeedSpec, Status.None> FEED = Kind.plain(
                    "Feed", "feeds", Scope.ESTATE, FeedSpec.class, "a power feed of a site")
            .column("SITE", feed -> feed.spec().site())
            .column("TYPE", feed -> feed.spec().type())
            .column("WATTS", feed -> feed.spec().capacityWatts());

    private Sites() {}
}
