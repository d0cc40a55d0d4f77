package regie.placement;

import java.util.Optional;

/** Finds the best of the hosts that may take a guest. What is best is said by {@link Rules}. */
final class Search {
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
            var best = best(guest, split, acceptance);
            if (best.isPresent()) return best;
        }
        return Optional.empty();
    }

    /** Of those in {@code narrowed}; where none of them can take the guest, none of them is in {@code set} any more. */
    private Optional<Place> best(Guest guest, boolean split, Acceptance acceptance) {
        ordered.start(narrowed, guest);
        for (int rank = ordered.next(); rank >= 0; rank = ordered.next()) {
            var host = index.host(rank);
            boolean fits = fit.fits(host.layout(), host.free(), guest.shape())
                    && (split || guest.shape().numaNodes() > 0 || !fit.split())
                    && acceptance.accepts(host, fit);
            if (fits) return Optional.of(new Place(host.host().id(), fit.takes(host.layout())));
            Bits.clear(set, rank);
        }
        return Optional.empty();
    }
}
