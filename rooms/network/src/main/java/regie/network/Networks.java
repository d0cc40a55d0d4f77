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
            .column("SITE", network -> network.spec().site())
            .column("CIDR", network -> network.spec().cidr())
            .column("GATEWAY", network -> network.spec().gateway())
            .column("FIRST", network -> network.spec().range().first())
            .column("LAST", network -> network.spec().range().last())
            .wideColumn("BRIDGE", network -> network.spec().bridge())
            .wideColumn("DNS", network -> network.spec().dnsServers());

    private Networks() {}
}
