package regie.compute;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import regie.estate.SiteSpec;
import regie.estate.Sites;
import regie.identity.Caller;
import regie.identity.Register;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Status;
import regie.kernel.Tx;
import regie.placement.Shape;

/** Tells what each site has, has sold and can still sell, and when it runs out. Changes nothing. */
public final class CapacityReport {
    private final Register register;
    private final Resources resources;
    private final Picture picture;
    private final Clock clock;

    public CapacityReport(Register register, Resources resources, Picture picture, Clock clock) {
        this.register = register;
        this.resources = resources;
        this.picture = picture;
        this.clock = clock;
    }

    /**
     * @param site only this one
     * @param flavor only this product, for which room counts as fragmented then
     * @throws regie.kernel.Refused where there is no such site or flavor, or the caller may not see the whole estate
     */
    public CapacityAnswer now(Caller caller, Optional<String> site, Optional<String> flavor) {
        var today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        return register.survey(caller, tx -> {
            var flavors = flavors(tx, flavor);
            var standing = Standing.read(tx, resources, picture);
            return new Told(standing, flavors, flavor, CapacityLedger.days(tx, today)).of(sites(tx, site));
        });
    }

    /** What the ledger keeps of all sites at one moment, that of {@code tx}. */
    static Map<String, List<CapacityAnswer.Room>> rooms(Tx tx, Resources resources, Picture picture) {
        var copy = picture.copy(tx);
        var inventory = copy.survival().inventory();
        var left = new RoomLeft(inventory);
        var rooms = new TreeMap<String, List<CapacityAnswer.Room>>();
        for (var site : resources.list(tx, Sites.KIND, Selection.ALL)) {
            var room = new SiteRoom(inventory, copy.reserved(), left, site.name());
            if (!room.hosts().isEmpty()) rooms.put(site.name(), room.rooms(Optional.empty()));
        }
        return rooms;
    }

    private List<Declared<SiteSpec, Status.None>> sites(Tx tx, Optional<String> site) {
        if (site.isEmpty()) return resources.list(tx, Sites.KIND, Selection.ALL);
        return List.of(resources.get(tx, Sites.KIND, Sites.KIND.key("", site.get())));
    }

    private Map<String, FlavorSpec> flavors(Tx tx, Optional<String> flavor) {
        if (flavor.isPresent()) {
            var found = resources.get(tx, Compute.FLAVOR, Compute.FLAVOR.key("", flavor.get()));
            return Map.of(found.name(), found.spec());
        }
        return resources.list(tx, Compute.FLAVOR, Selection.ALL).stream()
                .collect(Collectors.toMap(Declared::name, Declared::spec, (one, _) -> one, TreeMap::new));
    }

    /** Puts together what is answered. */
    private record Told(
            Standing standing,
            Map<String, FlavorSpec> flavors,
            Optional<String> asked,
            Map<String, CapacityLedger.History> history) {

        CapacityAnswer of(List<Declared<SiteSpec, Status.None>> sites) {
            var left = new RoomLeft(standing.inventory());
            var told = new ArrayList<CapacityAnswer.Site>();
            for (var site : sites) {
                var room = new SiteRoom(standing.inventory(), standing.reserved(), left, site.name());
                boolean offered = flavors.values().stream()
                        .anyMatch(flavor ->
                                flavor.offered(Optional.of(site.name())).isPresent());
                if (offered || !room.hosts().isEmpty()) told.add(site(site, room));
            }
            return new CapacityAnswer(
                    told,
                    flavors.keySet().stream().map(flavor -> sum(flavor, told)).toList());
        }

        private CapacityAnswer.Site site(Declared<SiteSpec, Status.None> site, SiteRoom room) {
            var shapes = new TreeMap<String, Shape>();
            flavors.forEach((name, flavor) -> shapes.put(name, PlacementRules.shape(flavor)));
            var fragmentedFor = asked.or(() -> room.largest(shapes));
            int addresses = standing.addresses().getOrDefault(site.name(), 0);
            var products = flavors.keySet().stream()
                    .map(flavor -> product(site, flavor, room, addresses))
                    .toList();
            return new CapacityAnswer.Site(
                    site.name(),
                    Json.name(site.spec().state()),
                    room.hosts().size(),
                    room.open(),
                    addresses,
                    fragmentedFor,
                    room.rooms(fragmentedFor.map(shapes::get)),
                    products,
                    Forecasts.of(history.get(site.name())));
        }

        private CapacityAnswer.Product product(
                Declared<SiteSpec, Status.None> at, String name, SiteRoom room, int addresses) {
            var site = at.name();
            boolean planned = at.spec().state() == SiteSpec.State.PLANNED;
            var flavor = java.util.Objects.requireNonNull(flavors.get(name));
            var shape = PlacementRules.shape(flavor);
            var sold = standing.machines().values().stream()
                    .filter(machine -> machine.spec().flavor().equals(name)
                            && standing.host(machine.uid()).location().site().equals(site))
                    .toList();
            int used = (int) sold.stream()
                    .filter(machine -> machine.status().stage() == InstanceStatus.Stage.RUNNING)
                    .count();
            int fits = Math.min(addresses, room.fits(shape, false));
            int withHeld = Math.min(addresses, room.fits(shape, true));
            int inOnePiece = Math.min(addresses, room.fitsInOnePiece(shape));
            var offered = flavor.offered(Optional.of(site));
            return new CapacityAnswer.Product(
                    name,
                    planned ? Optional.empty() : offered,
                    planned ? offered.orElse(0) : 0,
                    sold.size(),
                    used,
                    fits,
                    withHeld - fits,
                    Math.max(0, inOnePiece - fits));
        }

        private CapacityAnswer.Product sum(String flavor, List<CapacityAnswer.Site> sites) {
            var of = sites.stream()
                    .flatMap(site -> site.products().stream())
                    .filter(product -> product.flavor().equals(flavor))
                    .toList();
            var anywhere = java.util.Objects.requireNonNull(flavors.get(flavor)).offered(Optional.empty());
            var offered = java.util.stream.Stream.concat(
                            anywhere.stream(), of.stream().flatMap(product -> product.offered().stream()))
                    .reduce(Integer::sum);
            return new CapacityAnswer.Product(
                    flavor,
                    offered,
                    of.stream().mapToInt(CapacityAnswer.Product::planned).sum(),
                    of.stream().mapToInt(CapacityAnswer.Product::sold).sum(),
                    of.stream().mapToInt(CapacityAnswer.Product::used).sum(),
                    of.stream().mapToInt(CapacityAnswer.Product::fits).sum(),
                    of.stream().mapToInt(CapacityAnswer.Product::held).sum(),
                    of.stream().mapToInt(CapacityAnswer.Product::fragmented).sum());
        }
    }
}
