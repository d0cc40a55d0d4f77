package regie.compute;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final Survival survival;
    private final Inventory inventory;
    private final Map<String, Integer> addresses;
    private final Set<UUID> ended = new HashSet<>();
    private final Set<UUID> cutOff = new HashSet<>();
    private final Map<UUID, Fate> fates = new HashMap<>();

    private Returning(Standing standing) {
        this.standing = standing;
        survival = standing.survival();
        inventory = standing.inventory();
        addresses = new HashMap<>(standing.addresses());
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
        for (var host : standing.inventory().hosts())
            loss.server(host.name())
                    .ifPresent(fate -> (Loss.ends(fate) ? returning.ended : returning.cutOff).add(host.id()));
        returning.machines();
        returning.place();
        return returning.fates;
    }

    private void machines() {
        for (var host : cutOff) {
            for (var guest : inventory.guests(host))
                if (standing.machines().containsKey(guest.id())) fates.put(guest.id(), new Fate.CutOff());
        }
        for (var host : ended) {
            var site = inventory.host(host).orElseThrow().location().site();
            for (var guest : inventory.guests(host)) {
                if (!standing.machines().containsKey(guest.id())) {
                    survival.unseat(guest.id()); // on its way to or from there, and gone with it
                } else {
                    addresses.merge(site, 1, Integer::sum);
                }
            }
        }
    }

    private void place() {
        cutOff.forEach(this::close);
        if (!cutOff.isEmpty()) survival.recheck(cutOff);
        var after = survival.afterLoss(ended);
        ended.forEach(this::close);
        var fallen = fallen();
        for (var back : after.returns()) seat(fallen.get(back.guest()), back.place(), back.foreseen());
        var placer = new Placer(inventory);
        for (var gone : after.gone()) {
            var guest = Check.present(fallen.get(gone.guest()));
            var choice = placer.choose(guest);
            choice.place().ifPresent(place -> seat(guest, place, false));
            if (choice.place().isEmpty())
                fates.put(guest.id(), new Fate.Lost(choice.why().toString()));
        }
    }

    /** Those on lost hosts, by uid, who have no place any more. */
    private Map<UUID, Guest> fallen() {
        var fallen = new HashMap<UUID, Guest>();
        for (var host : ended) for (var guest : inventory.guests(host)) fallen.put(guest.id(), guest);
        for (var guest : fallen.keySet()) inventory.unseat(guest);
        return fallen;
    }

    /** A site without a free address takes nobody. */
    private void seat(@Nullable Guest machine, Place place, boolean foreseen) {
        var guest = Check.present(machine);
        var host = inventory.host(place.host()).orElseThrow();
        var site = host.location().site();
        if (addresses.merge(site, -1, Integer::sum) < 0) {
            fates.put(guest.id(), new Fate.Lost("no network of site %s has a free address".formatted(site)));
            return;
        }
        inventory.seat(guest, place);
        fates.put(guest.id(), new Fate.Returns(host, foreseen));
    }

    private void close(UUID host) {
        inventory.host(host).ifPresent(it -> inventory.put(it.opened(false)));
    }
}
