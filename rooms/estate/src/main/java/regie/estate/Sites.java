package regie.estate;

import regie.kernel.Kind;
import regie.kernel.Kind.Scope;
import regie.kernel.Status;

/** The places where things stand, and the racks and power feeds in them. */
public final class Sites {
    public static final Kind<SiteSpec, Status.None> KIND = Kind.plain(
                    "Site", "sites", Scope.ESTATE, SiteSpec.class, "a place with its own power and network")
            .column("State", site -> site.spec().state())
            .column("City", site -> site.spec().city())
            .column("Country", site -> site.spec().country())
            .column("Roles", site -> site.spec().roles())
            .wideColumn("Facility", site -> site.spec().facility());

    public static final Kind<RackSpec, Status.None> RACK = Kind.plain(
                    "Rack", "racks", Scope.ESTATE, RackSpec.class, "a cabinet that holds servers and devices")
            .column("Site", rack -> rack.spec().site())
            .column("Room", rack -> rack.spec().room())
            .column("Units", rack -> rack.spec().units())
            .wideColumn("Feeds", rack -> rack.spec().feeds());

    public static final Kind<FeedSpec, Status.None> FEED = Kind.plain(
                    "Feed", "feeds", Scope.ESTATE, FeedSpec.class, "a power feed of a site")
            .column("Site", feed -> feed.spec().site())
            .column("Type", feed -> feed.spec().type())
            .column("Watts", feed -> feed.spec().capacityWatts());

    private Sites() {}
}
