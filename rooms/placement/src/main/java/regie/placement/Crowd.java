package regie.placement;

/** The members of one group that have a place, counted by domain. */
final class Crowd {
    /** Of a group that has no member. Never changed. */
    static final Crowd NOBODY = new Crowd();

    private final Counts all = new Counts();
    private final Counts alone = new Counts();
    private int members;

    int members() {
        return members;
    }

    /** All of them, by domain of every kind. */
    Counts all() {
        return all;
    }

    /** Those that require to be the only one of the group in that domain. */
    Counts alone() {
        return alone;
    }

    void enter(HostState host, Rules rules) {
        change(host, rules, 1);
    }

    void leave(HostState host, Rules rules) {
        change(host, rules, -1);
    }

    private void change(HostState host, Rules rules, int by) {
        members += by;
        for (int domain : host.domains()) if (domain != Domains.NONE) all.add(domain, by);
        for (var each : rules.apart()) {
            int domain = host.domain(each.over());
            if (each.required() && domain != Domains.NONE) alone.add(domain, by);
        }
    }
}
