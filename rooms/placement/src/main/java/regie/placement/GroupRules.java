package regie.placement;

import java.util.function.Supplier;

/**
 * The required rules about groups, for all hosts at once: each takes those out of a set that a guest may not go to. What
 * {@link RuleCheck} says of one host, this says of all.
 */
final class GroupRules {
    private static final Domain[] KINDS = Domain.values();

    private final Inventory inventory;
    private final HostIndex index;
    private long[] scratch = new long[0];

    /** Is told what a rule that took hosts out says, and which hosts are left. */
    interface Fell {
        /** @param words made only where somebody wants to read them: most who ask don't */
        void fell(Supplier<String> words, long[] left);
    }

    GroupRules(Inventory inventory) {
        this.inventory = inventory;
        index = inventory.index();
    }

    /**
     * @param set from which the hosts fall that are not allowed
     * @param allowed hosts that nothing else but room keeps from the guest: spreading is over their domains
     */
    void keepAllowed(Guest guest, long[] set, long[] allowed, Fell fell) {
        if (!guest.group().isEmpty()) apart(guest, set, fell);
        for (var rule : guest.rules().together()) {
            if (rule.required()) together(guest, rule, set, fell);
        }
        for (var rule : guest.rules().spread()) {
            if (rule.required()) spread(guest, rule, set, allowed, fell);
        }
    }

    private void apart(Guest guest, long[] set, Fell fell) {
        var crowd = inventory.crowds().of(guest.project(), guest.group());
        if (crowd.members() == 0) return;
        if (guest.rules().apart().isEmpty() && crowd.alone().isEmpty()) return;
        for (var kind : KINDS) {
            var shunned = RuleCheck.requiresApart(guest.rules(), kind) ? crowd.all() : crowd.alone();
            int first = shunned.from(Domains.first(kind));
            int end = shunned.from(Domains.end(kind));
            if (first == end) continue;
            for (int at = first; at < end; at++) remove(set, shunned.key(at));
            fell.fell(() -> RuleCheck.words(guest, kind), set);
        }
    }

    private void together(Guest guest, Together rule, long[] set, Fell fell) {
        var crowd = inventory.crowds().of(guest.project(), rule.group());
        if (rule.group().equals(guest.group()) && crowd.members() == 0) return;
        Bits.and(set, occupied(crowd, rule.over()));
        fell.fell(() -> RuleCheck.words(guest, rule), set);
    }

    /** Hosts in a domain of that kind where one of {@code crowd} is. Good until the next call. */
    long[] occupied(Crowd crowd, Domain kind) {
        var occupied = empty();
        var all = crowd.all();
        int end = all.from(Domains.end(kind));
        for (int at = all.from(Domains.first(kind)); at < end; at++) add(occupied, all.key(at));
        return occupied;
    }

    private void spread(Guest guest, Spread rule, long[] set, long[] allowed, Fell fell) {
        var all = inventory.crowds().of(guest.project(), guest.group()).all();
        int most = least(all, rule.over(), allowed) + rule.maxSkew();
        int end = all.from(Domains.end(rule.over()));
        for (int at = all.from(Domains.first(rule.over())); at < end; at++) {
            if (all.count(at) >= most) remove(set, all.key(at));
        }
        fell.fell(() -> RuleCheck.words(guest, rule), set);
    }

    /** How many the emptiest domain holds, of those that have an allowed host. */
    private int least(Counts all, Domain over, long[] allowed) {
        int least = Integer.MAX_VALUE;
        int end = Domains.first(over) + inventory.domains().span(over);
        for (int domain = Domains.first(over); domain < end && least > 0; domain++) {
            int count = all.of(domain);
            if (count < least && any(domain, allowed)) least = count;
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private boolean any(int domain, long[] allowed) {
        for (int rank : index.ranks(inventory.domains(), domain)) if (Bits.has(allowed, rank)) return true;
        return false;
    }

    /** Without the hosts of {@code domain}. */
    void remove(long[] set, int domain) {
        var ranks = index.ranks(inventory.domains(), domain);
        if (ranks.length > set.length) Bits.andNot(set, index.members(inventory.domains(), domain));
        else for (int rank : ranks) Bits.clear(set, rank);
    }

    /** With the hosts of {@code domain}. */
    void add(long[] set, int domain) {
        var ranks = index.ranks(inventory.domains(), domain);
        if (ranks.length > set.length) Bits.or(set, index.members(inventory.domains(), domain));
        else for (int rank : ranks) Bits.set(set, rank);
    }

    /** A set with nobody in it, good until the next call. */
    long[] empty() {
        if (scratch.length != index.words()) scratch = new long[index.words()];
        java.util.Arrays.fill(scratch, 0);
        return scratch;
    }
}
