package regie.compute;

import java.util.List;
import java.util.stream.Collectors;
import regie.kernel.Declared;
import regie.kernel.Kind;
import regie.kernel.Kind.Scope;
import regie.kernel.Status;

/** The kinds of this room. */
public final class Compute {
    public static final Kind<FlavorSpec, Status.None> FLAVOR = Kind.plain(
                    "Flavor", "flavors", Scope.ESTATE, FlavorSpec.class, "The shape of an instance, as it is sold.")
            .column("VCPUS", flavor -> flavor.spec().vcpus())
            .column("MEMORY MIB", flavor -> flavor.spec().memoryMiB())
            .column("DISK GIB", flavor -> flavor.spec().diskGiB())
            .column("CPU", flavor -> regie.kernel.Json.name(flavor.spec().cpu()))
            .column("GPUS", Compute::gpus)
            .wideColumn("NUMA NODES", flavor -> flavor.spec().numaNodes())
            .wideColumn("PAGE MIB", flavor -> flavor.spec().pageMiB())
            .wideColumn("POOL", flavor -> flavor.spec().pool())
            .wideColumn("VIRTUAL FUNCTIONS", flavor -> flavor.spec().virtualFunctions())
            .wideColumn("BANDWIDTH MBPS", flavor -> flavor.spec().bandwidthMbps());

    public static final Kind<ImageSpec, ImageStatus> IMAGE = Kind.shown(
                    "Image",
                    "images",
                    Scope.ESTATE,
                    ImageSpec.class,
                    ImageStatus.class,
                    ImageStatus.FRESH,
                    "What instances boot from.")
            .column("BOOT", image -> regie.kernel.Json.name(image.spec().boot()))
            .column("STATE", image -> regie.kernel.Json.name(image.status().state()));

    public static final Kind<KeypairSpec, Status.None> KEYPAIR = Kind.plain(
            "Keypair",
            "keypairs",
            Scope.PROJECT,
            KeypairSpec.class,
            "The public half of an SSH key, handed to instances.");

    public static final Kind<InstanceSpec, InstanceStatus> INSTANCE = Kind.worked(
                    "Instance",
                    "instances",
                    Scope.PROJECT,
                    InstanceSpec.class,
                    InstanceStatus.class,
                    InstanceStatus.FRESH,
                    "One virtual machine.")
            .column(
                    "STAGE",
                    instance -> regie.kernel.Json.name(instance.status().stage()))
            .column("SITE", instance -> instance.status().site())
            .column("HOST", instance -> instance.status().host())
            .column("ADDRESS", instance -> instance.status().address())
            .column("FLAVOR", instance -> instance.spec().flavor())
            .wideColumn("IMAGE", instance -> instance.spec().image())
            .wideColumn("EPOCH", instance -> instance.status().epoch())
            .wideColumn("SINCE", instance -> instance.status().since());

    public static final Kind<FleetSpec, FleetStatus> FLEET = Kind.worked(
                    "Fleet",
                    "fleets",
                    Scope.PROJECT,
                    FleetSpec.class,
                    FleetStatus.class,
                    FleetStatus.FRESH,
                    "So many like machines.")
            .column("COUNT", fleet -> fleet.spec().count())
            .column("RUNNING", fleet -> fleet.status().running())
            .column("STATE", FleetWords::state)
            .column("FLAVOR", fleet -> fleet.spec().template().flavor())
            .column("IMAGE", fleet -> fleet.spec().template().image());

    public static final Kind<ReservationSpec, ReservationStatus> RESERVATION = Kind.worked(
                    "Reservation",
                    "reservations",
                    Scope.PROJECT,
                    ReservationSpec.class,
                    ReservationStatus.class,
                    ReservationStatus.FRESH,
                    "Room for machines to come, kept until a given time.")
            .column("FLAVOR", reservation -> reservation.spec().flavor())
            .column("COUNT", reservation -> reservation.spec().count())
            .column("RESERVED", reservation -> reservation.status().reserved())
            .column("USED", reservation -> reservation.status().used())
            .column("WAITING", reservation -> reservation.status().waiting())
            .column("UNTIL", reservation -> reservation.spec().until())
            .column(
                    "STATE",
                    reservation -> regie.kernel.Json.name(reservation.status().state()));

    public static final Kind<SiteReserveSpec, ReservationStatus> SITE_RESERVE = Kind.worked(
                    "SiteReserve",
                    "site-reserves",
                    Scope.ESTATE,
                    SiteReserveSpec.class,
                    ReservationStatus.class,
                    ReservationStatus.FRESH,
                    "Room for so many machines of a flavor that a site always keeps free.")
            .column("SITE", reserve -> reserve.spec().site())
            .column("FLAVOR", reserve -> reserve.spec().flavor())
            .column("COUNT", reserve -> reserve.spec().count())
            .column("RESERVED", reserve -> reserve.status().reserved())
            .column("WAITING", reserve -> reserve.status().waiting());

    public static final List<Kind<?, ?>> KINDS =
            List.of(FLAVOR, IMAGE, KEYPAIR, SITE_RESERVE, RESERVATION, INSTANCE, FLEET);

    /** Names of the kinds that keep places free. */
    static final List<String> RESERVING = List.of(SITE_RESERVE.name(), RESERVATION.name());

    private Compute() {}

    private static String gpus(Declared<FlavorSpec, Status.None> flavor) {
        return flavor.spec().gpus().stream()
                .map(gpus -> gpus.count() + "×" + gpus.model())
                .collect(Collectors.joining(", "));
    }
}
