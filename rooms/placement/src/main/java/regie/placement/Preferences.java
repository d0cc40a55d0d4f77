package regie.placement;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Narrows a set of hosts down to those a guest rather goes to, preference by preference; one that nobody in the set meets is passed
 * over.
 */
final class Preferences {
    private static final int KEPT_MAX = 1024;

    private final Inventory inventory;
    private final HostIndex index;
    private final GroupRules groups;
    private long[] trial = new long[0];
    private final AtLeast having = new AtLeast();
    private long generation = -1;
    private final Map<Map.Entry<String, String>, long[]> labelled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Map.Entry<String, String>, long[]> eldest) {
            return size() > KEPT_MAX;
        }
    };

    Preferences(Inventory inventory, GroupRules groups) {
        this.inventory = inventory;
        this.groups = groups;
        index = inventory.index();
    }

    /** @param now the generation of the index */
    void narrow(Guest guest, long[] set, long now) {
        if (now != generation) {
            labelled.clear();
            generation = now;
        }
        var rules = guest.rules();
        for (var each : rules.together()) if (!each.required()) together(guest, each, set);
        for (var each : rules.apart()) if (!each.required()) emptiest(guest, each.over(), set);
        for (var each : rules.spread()) if (!each.required()) emptiest(guest, each.over(), set);
        if (!rules.prefers().isEmpty()) labels(rules.prefers(), set);
        if (guest.shape().gpus().isEmpty()) spareCards(set);
    }

    private void together(Guest guest, Together rule, long[] set) {
        var crowd = inventory.crowds().of(guest.project(), rule.group());
        if (crowd.members() == 0) return;
        Bits.copy(set, trial());
        Bits.and(trial, groups.occupied(crowd, rule.over()));
        keepTrial(set);
    }

    /** Those in the domains that hold the fewest of the guest's group. */
    private void emptiest(Guest guest, Domain over, long[] set) {
        var crowd = inventory.crowds().of(guest.project(), guest.group());
        if (crowd.members() == 0) return;
        Bits.copy(set, trial());
        Bits.andNot(trial, groups.occupied(crowd, over));
        if (keepTrial(set)) return;
        var all = crowd.all();
        int first = all.from(Domains.first(over));
        int end = all.from(Domains.end(over));
        int done = 0;
        while (true) {
            int least = Integer.MAX_VALUE;
            for (int at = first; at < end; at++) if (all.count(at) > done) least = Math.min(least, all.count(at));
            if (least == Integer.MAX_VALUE) return;
            var there = groups.empty();
            for (int at = first; at < end; at++) if (all.count(at) == least) groups.add(there, all.key(at));
            Bits.copy(set, trial());
            Bits.and(trial, there);
            if (keepTrial(set)) return;
            done = least;
        }
    }

    /** Those with most of the labels. */
    private void labels(Map<String, String> wanted, long[] set) {
        having.start(wanted.size(), set.length);
        for (var label : wanted.entrySet()) having.add(labelled(label));
        for (int many = wanted.size(); many >= 1; many--) {
            Bits.copy(set, trial());
            Bits.and(trial, having.in(many));
            if (keepTrial(set)) return;
        }
    }

    private long[] labelled(Map.Entry<String, String> label) {
        return labelled.computeIfAbsent(Map.entry(label.getKey(), label.getValue()), _ -> {
            var hosts = new long[index.words()];
            for (int rank = 0; rank < index.size(); rank++) {
                if (label.getValue().equals(index.host(rank).host().labels().get(label.getKey()))) {
                    Bits.set(hosts, rank);
                }
            }
            return hosts;
        });
    }

    /** Whoever wants no cards leaves hosts that have some to those who do. */
    private void spareCards(long[] set) {
        var cards = index.ladders().anyCards();
        if (cards.isEmpty()) return;
        Bits.copy(set, trial());
        cards.get().keepBelow(trial, 1);
        keepTrial(set);
    }

    private boolean keepTrial(long[] set) {
        if (Bits.isEmpty(trial)) return false;
        Bits.copy(trial, set);
        return true;
    }

    private long[] trial() {
        if (trial.length != index.words()) trial = new long[index.words()];
        return trial;
    }
}
