package regie.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import regie.kernel.Check;

/**
 * Who returns where after the loss of some hosts at once. Where the loss is one that was foreseen, everybody who was promised to
 * survive it returns to the place that is proven to be there; all others go where room is left, the promised ones first.
 */
final class Recovery implements RuleCheck.Scene {
    private final Proof proof;
    private final WitnessSearch search;
    private final Set<HostState> lost;
    private final List<Ward> fallen = new ArrayList<>();
    private final List<Witness> back = new ArrayList<>();
    private final Map<Refuge, long[]> taken = new HashMap<>();
    private final Fit fit = new Fit();

    Recovery(Proof proof, WitnessSearch search, Set<HostState> lost) {
        this.proof = proof;
        this.search = search;
        this.lost = lost;
        for (var host : lost) fallen.addAll(proof.refuges().known(host).wards());
        fallen.sort(Comparator.<Ward>comparingLong(ward -> -ward.need().size())
                .thenComparing(ward -> ward.guest().id()));
    }

    Loss loss() {
        var promised = new HashSet<Ward>();
        for (var domain : Domain.values()) foreseen(domain).ifPresent(failure -> returnAll(failure, promised));
        if (lost.size() > 1
                && Arrays.stream(Domain.values())
                        .noneMatch(domain -> foreseen(domain).isPresent())) {
            returnSeveral(promised);
        }
        int foreseen = back.size();
        var gone = new ArrayList<Loss.Gone>();
        var late = new ArrayList<Ward>(fallen);
        late.removeIf(ward -> returned(ward));
        late.sort(Comparator.comparing(ward -> !promised.contains(ward)));
        for (var ward : late)
            if (!anywhere(ward)) gone.add(new Loss.Gone(ward.guest().id(), promised.contains(ward), why(ward)));
        var returns = new ArrayList<Return>();
        for (var each : back) {
            returns.add(new Return(each.ward().guest().id(), each.place(), returns.size() < foreseen));
        }
        return new Loss(returns, gone);
    }

    /** The failure of that kind that takes exactly the lost hosts. */
    private Optional<Failure> foreseen(Domain domain) {
        if (lost.isEmpty()) return Optional.empty();
        var failure = proof.failures().of(proof.refuges().known(lost.iterator().next()), domain);
        if (failure == null) return Optional.empty();
        var hosts = proof.inventory().domains().hosts(failure.number());
        return hosts.size() == lost.size() && lost.containsAll(hosts) ? Optional.of(failure) : Optional.empty();
    }

    private void returnAll(Failure failure, Set<Ward> promised) {
        for (var ward : fallen) {
            if (proof.promised(ward, failure)) promised.add(ward);
            if (returned(ward)) continue;
            for (var witness : ward.witnesses()) {
                if (witness.covers(failure) && fits(witness)) {
                    come(witness);
                    break;
                }
            }
        }
    }

    /** Each finds one of its places, of which at most one less than were lost are lost or in others' way. */
    private void returnSeveral(Set<Ward> promised) {
        for (var ward : fallen) {
            if (Guarantees.count(ward) < lost.size()) continue;
            promised.add(ward);
            if (returned(ward)) continue;
            for (var witness : ward.witnesses()) {
                boolean there = witness.rank() > 0
                        && witness.rank() <= lost.size()
                        && !lost.contains(witness.refuge().host());
                if (there
                        && fits(witness)
                        && RuleCheck.broken(ward.guest(), witness.refuge().host(), this)
                                .isEmpty()) {
                    come(witness);
                    break;
                }
            }
        }
    }

    private boolean returned(Ward ward) {
        for (var each : back) if (each.ward() == ward) return true;
        return false;
    }

    /** The first refuge with room, of those that are nearest to where it was. */
    private boolean anywhere(Ward ward) {
        var refuges = proof.refuges();
        var shape = ward.need().shape();
        Refuge best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (int at = refuges.next(0, shape); at >= 0 && bestDistance > 0; at = refuges.next(at + 1, shape)) {
            var refuge = refuges.at(at);
            if (refuge == null || lost.contains(refuge.host()) || !ward.need().mayGo(refuge)) continue;
            int distance = distance(ward, refuge);
            if (distance >= bestDistance || !fit.fits(refuge.layout(), room(refuge), shape)) continue;
            if (RuleCheck.broken(ward.guest(), refuge.host(), this).isPresent()) continue;
            best = refuge;
            bestDistance = distance;
        }
        if (best == null) return false;
        Check.that(fit.fits(best.layout(), room(best), shape), "it still fits");
        come(new Witness(ward, List.of(), 0, best, fit));
        return true;
    }

    /** How many kinds of domain it would not share with where it was. */
    private static int distance(Ward ward, Refuge refuge) {
        var home = ward.home().host().domains();
        var there = refuge.host().domains();
        int distance = -1;
        for (int kind = 0; kind < home.length; kind++) if (home[kind] != there[kind]) distance++;
        return distance;
    }

    private boolean fits(Witness witness) {
        var room = room(witness.refuge());
        for (int at = 0; at < witness.positions().length; at++) {
            if (room[witness.positions()[at]] < witness.amounts()[at]) return false;
        }
        return true;
    }

    private long[] room(Refuge refuge) {
        var room = search.room(refuge, List.of()).clone();
        var gone = taken.get(refuge);
        if (gone != null) for (int at = 0; at < gone.length; at++) room[at] -= gone[at];
        return room;
    }

    private void come(Witness witness) {
        back.add(witness);
        var refuge = witness.refuge();
        var gone = taken.computeIfAbsent(refuge, _ -> new long[refuge.layout().size()]);
        for (int at = 0; at < witness.positions().length; at++) gone[witness.positions()[at]] += witness.amounts()[at];
    }

    private String why(Ward ward) {
        return "no host that is left has room for " + ward.guest().shape() + " where its rules let it go";
    }

    @Override
    public int members(String project, String group) {
        var band = proof.bands().of(project, group);
        int members = band.crowd().members();
        for (var each : fallen) if (each.band() == band) members--;
        for (var each : back) if (each.ward().band() == band) members++;
        return members;
    }

    @Override
    public int in(String project, String group, int domain) {
        return count(project, group, domain, false);
    }

    @Override
    public int alone(String project, String group, int domain) {
        return count(project, group, domain, true);
    }

    private int count(String project, String group, int domain, boolean alone) {
        var band = proof.bands().of(project, group);
        int kind = Domains.kind(domain).number();
        int count = (alone ? band.crowd().alone() : band.crowd().all()).of(domain);
        for (var each : fallen) {
            if (each.band() == band && each.home().host().domains()[kind] == domain && wants(each, kind, alone))
                count--;
        }
        for (var each : back) {
            if (each.ward().band() == band
                    && each.refuge().host().domains()[kind] == domain
                    && wants(each.ward(), kind, alone)) {
                count++;
            }
        }
        return count;
    }

    private static boolean wants(Ward ward, int kind, boolean alone) {
        return !alone || (ward.apart() & 1 << kind) != 0;
    }

    @Override
    public int least(Guest guest, Domain over) {
        int least = Integer.MAX_VALUE;
        var need = proof.needs().of(guest);
        var domains = proof.inventory().domains();
        for (int domain = Domains.first(over); domain < Domains.first(over) + domains.span(over); domain++) {
            boolean open = false;
            for (var host : domains.hosts(domain)) {
                open |= !lost.contains(host) && need.mayGo(proof.refuges().known(host));
            }
            if (open) least = Math.min(least, in(guest.project(), guest.group(), domain));
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }
}
