package regie.network;

import regie.kernel.Kind;
import regie.kernel.Kind.Scope;
import regie.kernel.Status;

/** The networks that guests are on. */
public final class Networks {
    public static final Kind<NetworkSpec, Status.None> KIND = Kind.plain(
                    "Network",
                    "networks",
                    Scope.ESTATE,
                    NetworkSpec.class,
                    "a network of a site, with the addresses for guests")
            .column("Site", network -> network.spec().site())
            .column("CIDR", network -> network.spec().cidr())
            .column("Gateway", network -> network.spec().gateway())
            .column("First", network -> network.spec().range().first())
            .column("Last", network -> network.spec().range().last())
            .wideColumn("Bridge", network -> network.spec().bridge())
            .wideColumn("DNS", network -> network.spec().dnsServers());

    private Networks() {}
}
