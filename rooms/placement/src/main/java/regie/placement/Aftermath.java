package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where groups would stand after some failures, each by itself, as one guest sees it that would have to return. Where that guest
 * looks for one place for several failures at once, nobody counts as fallen who stays in one of them, and everybody counts as
 * returned who does in one of them: that is on the safe side for rules of being apart, and guests with other rules look for a
 * place for one failure at a time.
 */
final class Aftermath implements RuleCheck.Scene {
    private final Bands bands;
    private final Domains domains;
    private final Refuges refuges;
    private final Ward ward;
    private final List<Failure> failures;
    private final Map<Band, Changes> changes = new HashMap<>();
    private final Changes own;

    /** Members that fell, the guest itself among them, and the hosts to which others return. */
    private record Changes(List<Ward> fallen, List<Witness> returned) {
        static final Changes NONE = new Changes(List.of(), List.of());
    }

    Aftermath(Bands bands, Domains domains, Refuges refuges, Ward ward, List<Failure> failures) {
        this.bands = bands;
        this.domains = domains;
        this.refuges = refuges;
        this.ward = ward;
        this.failures = failures;
        own = ward.band().ruled() ? changes(ward.band()) : Changes.NONE;
    }

    /** Whether the guest's group lets it return to {@code host}. */
    boolean permits(HostState host) {
        if (ward.delicate()) return RuleCheck.broken(ward.guest(), host, this).isEmpty();
        if (!ward.band().ruled()) return true;
        var crowd = ward.band().crowd();
        boolean anyAlone = ward.band().apart();
        for (int kind = 0; kind < host.domains().length; kind++) {
            boolean apart = (ward.apart() & 1 << kind) != 0;
            int domain = host.domains()[kind];
            if (domain == Domains.NONE || (!apart && !anyAlone)) continue;
            if (apart && in(own, crowd.all(), kind, domain, -1) > 0) return false;
            if (anyAlone && in(own, crowd.alone(), kind, domain, kind) > 0) return false;
        }
        return true;
    }

    @Override
    public int members(String project, String group) {
        var band = bands.of(project, group);
        var change = changes(band);
        return band.crowd().members()
                - change.fallen().size()
                + change.returned().size();
    }

    @Override
    public int in(String project, String group, int domain) {
        var band = bands.of(project, group);
        return in(changes(band), band.crowd().all(), Domains.kind(domain).number(), domain, -1);
    }

    @Override
    public int alone(String project, String group, int domain) {
        var band = bands.of(project, group);
        int kind = Domains.kind(domain).number();
        return in(changes(band), band.crowd().alone(), kind, domain, kind);
    }

    @Override
    public int least(Guest guest, Domain over) {
        int least = Integer.MAX_VALUE;
        for (int domain = Domains.first(over); domain < Domains.first(over) + domains.span(over); domain++) {
            int count = in(guest.project(), guest.group(), domain);
            if (count < least && mayGo(domain)) least = count;
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private boolean mayGo(int domain) {
        for (var host : domains.hosts(domain)) {
            if (!hit(host) && ward.need().mayGo(refuges.known(host))) return true;
        }
        return false;
    }

    private boolean hit(HostState host) {
        for (var failure : failures) if (failure.hits(host)) return true;
        return false;
    }

    /** @param alone the kind of domain that a member has to want to itself in order to count; -1 to count all */
    private static int in(Changes change, Counts now, int kind, int domain, int alone) {
        int count = now.of(domain);
        for (var fallen : change.fallen()) {
            if (fallen.home().host().domains()[kind] == domain && wants(fallen, alone)) count--;
        }
        for (var back : change.returned()) {
            if (back.refuge().host().domains()[kind] == domain && wants(back.ward(), alone)) count++;
        }
        return count;
    }

    private static boolean wants(Ward member, int alone) {
        return alone < 0 || (member.apart() & 1 << alone) != 0;
    }

    private Changes changes(Band band) {
        var known = changes.get(band);
        if (known != null) return known;
        var change = new Changes(new ArrayList<>(), new ArrayList<>());
        for (var member : band.members()) {
            if (fell(member)) change.fallen().add(member);
            for (var witness : member.witnesses())
                if (coversOne(witness)) change.returned().add(witness);
        }
        changes.put(band, change);
        return change;
    }

    private boolean fell(Ward member) {
        for (int at = 0; at < failures.size(); at++)
            if (!failures.get(at).hits(member.home().host())) return false;
        return true;
    }

    private boolean coversOne(Witness witness) {
        for (int at = 0; at < failures.size(); at++) if (witness.covers(failures.get(at))) return true;
        return false;
    }
}
