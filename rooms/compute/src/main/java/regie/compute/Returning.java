package regie.compute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.estate.Loss;
import regie.kernel.Declared;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Place;
import regie.placement.Placer;

/**
 * Where machines would return to after a loss: those that are declared to survive come first, then the large before the small. Who
 * is only cut off may be running, so it is started nowhere else and keeps its room; a server that is dark takes nothing new.
 */
final class Returning {
    private final Standing standing;
    private final Map<UUID, Fate> fates = new HashMap<>();

    private Returning(Standing standing) {
        this.standing = standing;
    }

    /** What becomes of a machine on a server that is hit. */
    sealed interface Fate {
        record Returns(Host to) implements Fate {}

        /** @param why no host may take it */
        record Lost(String why) implements Fate {}

        record CutOff() implements Fate {}
    }

    /** By uid of each machine that is hit. Empties and fills {@code standing}. */
    static Map<UUID, Fate> after(Loss loss, Standing standing) {
        var returning = new Returning(standing);
        var fallen = returning.fall(loss);
        var placer = new Placer(standing.inventory());
        for (var machine : fallen) returning.place(machine, placer);
        return returning.fates;
    }

    private List<Declared<InstanceSpec, InstanceStatus>> fall(Loss loss) {
        standing.hosts().forEach((name, host) -> loss.server(name).ifPresent(_ -> close(host)));
        var fallen = new ArrayList<Declared<InstanceSpec, InstanceStatus>>();
        for (var machine : standing.machines().values()) {
            var fate = machine.status().host().flatMap(loss::server);
            if (fate.isEmpty()) continue;
            if (!Loss.ends(fate.get())) {
                fates.put(machine.uid(), new Fate.CutOff());
                continue;
            }
            fallen.add(machine);
            if (standing.inventory().place(machine.uid()).isPresent())
                standing.inventory().unseat(machine.uid());
            machine.status().site().ifPresent(site -> standing.addresses().merge(site, 1, Integer::sum));
        }
        fallen.sort(
                Comparator.comparingLong((Declared<InstanceSpec, InstanceStatus> machine) -> urgency(machine.uid())));
        return fallen;
    }

    private long urgency(UUID machine) {
        return Optional.ofNullable(standing.guests().get(machine))
                .map(guest -> (guest.rules().survives().isEmpty() ? 0L : Long.MIN_VALUE / 2)
                        - guest.shape().memoryMiB())
                .orElse(0L);
    }

    private void place(Declared<InstanceSpec, InstanceStatus> machine, Placer placer) {
        var guest = standing.guests().get(machine.uid());
        if (guest == null) {
            fates.put(machine.uid(), new Fate.Lost("its flavor is not known"));
            return;
        }
        var choice = placer.choose(guest);
        fates.put(
                machine.uid(),
                choice.place()
                        .<Fate>map(place -> new Fate.Returns(seat(guest, place)))
                        .orElseGet(() -> new Fate.Lost(choice.why().toString())));
    }

    private Host seat(Guest guest, Place place) {
        standing.inventory().seat(guest, place);
        var host = standing.inventory().host(place.host()).orElseThrow();
        var site = host.location().site();
        if (standing.addresses().merge(site, -1, Integer::sum) <= 0) closeSite(site);
        return host;
    }

    /** A site without a free address takes nobody. */
    private void closeSite(String site) {
        for (var host : standing.inventory().hosts())
            if (host.open() && host.location().site().equals(site)) close(host.id());
    }

    private void close(UUID host) {
        standing.inventory().host(host).ifPresent(it -> standing.inventory().put(it.opened(false)));
    }
}
