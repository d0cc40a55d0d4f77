package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where groups would stand after some failures, each by itself, as one guest sees it that would have to return. Where that guest
 * looks for one place for several failures at once, nobody counts as fallen who stays in one of them, and everybody counts as
 * returned who does in one of them: that is on the safe side for rules of being apart, and guests with other rules look for a
 * place for one failure at a time.
 */
final class Aftermath implements RuleCheck.Scene {
    private static final int MEMBERS = 32;

    private final Proof proof;
    private final Ward ward;
    private final List<Failure> failures;
    private @Nullable Map<Band, Changes> others;
    private final Changes own;

    /** Members that fell, the guest itself among them, and the hosts to which others return. */
    private record Changes(List<Ward> fallen, List<Witness> returned) {
        static final Changes NONE = new Changes(List.of(), List.of());
    }

    Aftermath(Proof proof, Ward ward, List<Failure> failures) {
        this.proof = proof;
        this.ward = ward;
        this.failures = failures;
        own = ward.band().ruled() ? look(ward.band()) : Changes.NONE;
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
        var band = proof.bands().of(project, group);
        var change = changes(band);
        return band.crowd().members()
                - change.fallen().size()
                + change.returned().size();
    }

    @Override
    public int in(String project, String group, int domain) {
        var band = proof.bands().of(project, group);
        return in(changes(band), band.crowd().all(), Domains.kind(domain).number(), domain, -1);
    }

    @Override
    public int alone(String project, String group, int domain) {
        var band = proof.bands().of(project, group);
        int kind = Domains.kind(domain).number();
        return in(changes(band), band.crowd().alone(), kind, domain, kind);
    }

    @Override
    public int least(Guest guest, Domain over) {
        int least = Integer.MAX_VALUE;
        var domains = proof.inventory().domains();
        for (int domain = Domains.first(over); domain < Domains.first(over) + domains.span(over); domain++) {
            int count = in(guest.project(), guest.group(), domain);
            if (count < least && mayGo(domain)) least = count;
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private boolean mayGo(int domain) {
        for (var host : proof.inventory().domains().hosts(domain)) {
            if (!hit(host) && ward.need().mayGo(proof.refuges().known(host))) return true;
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
            if (fallen.domains()[kind] == domain && wants(fallen, alone)) count--;
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
        if (band == ward.band()) return own;
        if (others == null) others = new HashMap<>();
        return others.computeIfAbsent(band, this::look);
    }

    private Changes look(Band band) {
        var change = new Changes(
                new ArrayList<>(4),
                new ArrayList<>(Math.min(MEMBERS, band.members().size())));
        for (int at = 0; at < band.members().size(); at++) {
            var member = band.members().get(at);
            int hit = hit(member);
            if (hit == failures.size()) change.fallen().add(member);
            if (hit == 0) continue;
            for (int each = 0; each < member.witnesses().size(); each++) {
                if (coversOne(member.witnesses().get(each)))
                    change.returned().add(member.witnesses().get(each));
            }
        }
        return change;
    }

    /** How many of the failures hit it. */
    private int hit(Ward member) {
        int hit = 0;
        for (int at = 0; at < failures.size(); at++) if (failures.get(at).hits(member.domains())) hit++;
        return hit;
    }

    private boolean coversOne(Witness witness) {
        for (int at = 0; at < failures.size(); at++) if (witness.covers(failures.get(at))) return true;
        return false;
    }
}
