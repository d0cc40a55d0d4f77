package regie.estate;

import regie.kernel.Kind;
import regie.kernel.Kind.Scope;
import regie.kernel.Status;

/** Network and other equipment, and the links that join it. */
public final class Devices {
    public static final Kind<DeviceSpec, Status.None> KIND = Kind.plain(
                    "Device",
                    "devices",
                    Scope.ESTATE,
                    DeviceSpec.class,
                    "a router, switch, firewall, balancer or array")
            .column("SITE", device -> device.spec().site())
            .column("ROLE", device -> device.spec().role())
            .column("MODEL", device -> device.spec().model())
            .wideColumn("RACK", device -> device.spec().rack())
            .wideColumn("UNIT", device -> device.spec().position());

    public static final Kind<LinkSpec, Status.None> LINK = Kind.plain(
                    "Link", "links", Scope.ESTATE, LinkSpec.class, "a cable, circuit or peering between two ends")
            .column("FROM", link -> link.spec().from())
            .column("TO", link -> link.spec().to())
            .column("MEDIUM", link -> link.spec().medium())
            .column("MBIT/S", link -> link.spec().capacityMbps())
            .column("CARRIER", link -> link.spec().carrier())
            .wideColumn("LATENCY µs", link -> link.spec().latencyMicros());

    private Devices() {}
}
