package regie.placement;

import java.util.Optional;

/** Finds the best of the hosts that may take a guest. What is best is said by {@link Rules}; of equals, a few are compared. */
final class Search {
    /** So many hosts that fit are compared before the best of them is taken. */
    private static final int COMPARED = 8;

    private final HostIndex index;
    private final Eligible eligible;
    private final GroupRules groups;
    private final Preferences preferences;
    private final Roomy roomy;
    private final Ordered ordered;
    private final Fit fit = new Fit();
    private long[] allowed = new long[0];
    private long[] set = new long[0];
    private long[] narrowed = new long[0];

    /** A last word on a host that fits and breaks no rule. */
    interface Acceptance {
        boolean accepts(HostState host, Fit fit);
    }

    Search(Inventory inventory, Eligible eligible, GroupRules groups) {
        index = inventory.index();
        this.eligible = eligible;
        this.groups = groups;
        preferences = new Preferences(inventory, groups);
        roomy = new Roomy(index);
        ordered = new Ordered(index, roomy);
    }

    /** @param generation of the index, made fresh */
    Optional<Place> find(Guest guest, Acceptance acceptance, long generation) {
        if (set.length != index.words()) size();
        Bits.copy(eligible.of(guest, generation).hosts(), allowed);
        Bits.and(allowed, index.open());
        var found = find(guest, false, acceptance, generation);
        if (found.isPresent() || guest.shape().numaNodes() > 0) return found;
        return find(guest, true, acceptance, generation);
    }

    private void size() {
        allowed = new long[index.words()];
        set = new long[index.words()];
        narrowed = new long[index.words()];
    }

    private Optional<Place> find(Guest guest, boolean split, Acceptance acceptance, long generation) {
        Bits.copy(allowed, set);
        roomy.keepWhole(guest.shape(), set);
        if (split) roomy.keepSums(guest.shape(), set);
        else roomy.keepNodes(guest.shape(), set);
        groups.keepAllowed(guest, set, allowed, (_, _) -> {});
        while (!Bits.isEmpty(set)) {
            Bits.copy(set, narrowed);
            preferences.narrow(guest, narrowed, generation);
            int best = best(guest, split, acceptance);
            if (best >= 0) return Optional.of(place(guest, best));
        }
        return Optional.empty();
    }

    /** Of those in {@code narrowed}; -1 where none of them can take the guest, and then none of them is in {@code set} any more. */
    private int best(Guest guest, boolean split, Acceptance acceptance) {
        boolean packs = guest.rules().packing() == Packing.PACK;
        int best = -1;
        long bestLeft = 0;
        int compared = 0;
        ordered.start(narrowed, guest.rules().packing());
        for (int rank = ordered.next(); rank >= 0; rank = ordered.next()) {
            var host = index.host(rank);
            boolean fits = fit.fits(host.layout(), host.free(), guest.shape())
                    && (split || guest.shape().numaNodes() > 0 || !fit.split())
                    && acceptance.accepts(host, fit);
            if (!fits) {
                Bits.clear(set, rank);
                continue;
            }
            if (best < 0 || (packs ? fit.left() < bestLeft : fit.left() > bestLeft)) {
                best = rank;
                bestLeft = fit.left();
            }
            if (++compared == COMPARED) break;
        }
        return best;
    }

    private Place place(Guest guest, int rank) {
        var host = index.host(rank);
        fit.fits(host.layout(), host.free(), guest.shape());
        return new Place(host.host().id(), fit.takes(host.layout()));
    }
}
