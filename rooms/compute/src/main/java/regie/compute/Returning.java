package regie.compute;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import regie.estate.Loss;
import regie.kernel.Check;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Placer;
import regie.placement.Survival;

/**
 * Where machines would return to after a loss: those that are declared to survive it to the room that is held for them, the others to
 * what room is left. Who is only cut off may be running, so it is started nowhere else and keeps its room, and its server takes
 * nobody.
 */
final class Returning {
    private final Standing standing;
    private final Inventory inventory;
    private final Set<UUID> ended = new HashSet<>();
    private final Set<UUID> cutOff = new HashSet<>();
    private final Map<UUID, Fate> fates = new HashMap<>();

    private Returning(Standing standing) {
        this.standing = standing;
        this.inventory = standing.inventory();
    }

    /** What becomes of a machine on a server that is hit. */
    sealed interface Fate {
        /** @param foreseen whether its room there was held for it */
        record Returns(Host to, boolean foreseen) implements Fate {}

        /** @param why no host may take it */
        record Lost(String why) implements Fate {}

        record CutOff() implements Fate {}
    }

    /** By uid of each machine that is hit. Empties and fills {@code standing}. */
    static Map<UUID, Fate> after(Loss loss, Standing standing) {
        var returning = new Returning(standing);
        standing.hosts()
                .forEach((name, host) -> loss.server(name)
                        .ifPresent(fate -> (Loss.ends(fate) ? returning.ended : returning.cutOff).add(host)));
        returning.machines(loss);
        returning.place(standing.survival());
        return returning.fates;
    }

    private void machines(Loss loss) {
        for (var machine : standing.machines().values()) {
            machine.status().host().flatMap(loss::server).ifPresent(fate -> {
                fates.put(
                        machine.uid(),
                        Loss.ends(fate) ? new Fate.Lost("its room on its server is not known") : new Fate.CutOff());
                if (Loss.ends(fate))
                    machine.status()
                            .site()
                            .ifPresent(site -> standing.addresses().merge(site, 1, Integer::sum));
            });
        }
    }

    private void place(Survival survival) {
        cutOff.forEach(this::close);
        if (!cutOff.isEmpty()) survival.recheck(cutOff);
        var after = survival.afterLoss(ended);
        ended.forEach(this::close);
        for (var back : after.returns()) inventory.unseat(back.guest());
        for (var gone : after.gone()) inventory.unseat(gone.guest());
        for (var back : after.returns()) seat(back.guest(), back.place(), back.foreseen());
        var placer = new Placer(inventory);
        for (var gone : after.gone()) {
            var choice = placer.choose(guest(gone.guest()));
            choice.place().ifPresent(place -> seat(gone.guest(), place, false));
            if (choice.place().isEmpty())
                fates.put(gone.guest(), new Fate.Lost(choice.why().toString()));
        }
    }

    /** A site without a free address takes nobody. */
    private void seat(UUID machine, Place place, boolean foreseen) {
        var host = inventory.host(place.host()).orElseThrow();
        var site = host.location().site();
        if (standing.addresses().merge(site, -1, Integer::sum) < 0) {
            fates.put(machine, new Fate.Lost("no network of site %s has a free address".formatted(site)));
            return;
        }
        inventory.seat(guest(machine), place);
        fates.put(machine, new Fate.Returns(host, foreseen));
    }

    private Guest guest(UUID machine) {
        return Check.present(standing.guests().get(machine));
    }

    private void close(UUID host) {
        inventory.host(host).ifPresent(it -> inventory.put(it.opened(false)));
    }
}
