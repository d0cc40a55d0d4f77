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
            .column("Site", device -> device.spec().site())
            .column("Role", device -> device.spec().role())
            .column("Model", device -> device.spec().model())
            .wideColumn("Rack", device -> device.spec().rack())
            .wideColumn("Unit", device -> device.spec().position());

    public static final Kind<LinkSpec, Status.None> LINK = Kind.plain(
                    "Link", "links", Scope.ESTATE, LinkSpec.class, "a cable, circuit or peering between two ends")
            .column("From", link -> link.spec().from())
            .column("To", link -> link.spec().to())
            .column("Medium", link -> link.spec().medium())
            .column("Mbit/s", link -> link.spec().capacityMbps())
            .column("Carrier", link -> link.spec().carrier())
            .wideColumn("Latency µs", link -> link.spec().latencyMicros());

    private Devices() {}
}
