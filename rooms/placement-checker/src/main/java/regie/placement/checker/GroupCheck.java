package regie.placement.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Check;
import regie.placement.Apart;
import regie.placement.Domain;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Spread;
import regie.placement.Together;

/** The required rules of guests about each other, in one state. A preference is no promise. */
final class GroupCheck {
    private final Map<UUID, Host> hosts;
    private final Map<Group, List<Seat>> groups = new HashMap<>();

    /** A group's name counts within its project. */
    private record Group(String project, String name) {}

    /** @param seats on a host of {@code hosts}, each */
    GroupCheck(Map<UUID, Host> hosts, Collection<Seat> seats) {
        this.hosts = hosts;
        for (var seat : seats) {
            var guest = seat.guest();
            groups.computeIfAbsent(new Group(guest.project(), guest.group()), _ -> new ArrayList<>())
                    .add(seat);
        }
    }

    List<Violation> of(Seat seat) {
        var rules = seat.guest().rules();
        var violations =
                new ArrayList<>(apart(seat, members(seat.guest(), seat.guest().group())));
        for (var together : rules.together()) if (together.required()) together(seat, together, violations);
        for (var spread : rules.spread()) if (spread.required()) spread(seat, spread, violations);
        return violations;
    }

    /** Whom of {@code others}, who are of its group, the guest has too near. */
    List<Violation> apart(Seat seat, Collection<Seat> others) {
        var violations = new ArrayList<Violation>();
        for (var apart : seat.guest().rules().apart()) {
            if (apart.required()) apart(seat, apart, others, violations);
        }
        return violations;
    }

    private void apart(Seat seat, Apart apart, Collection<Seat> others, List<Violation> violations) {
        for (var other : others) {
            if (!sameGroup(seat.guest(), other.guest())
                    || other.guest().id().equals(seat.guest().id())) continue;
            if (Domains.share(host(seat), host(other), apart.over())) {
                violations.add(new Violation(
                        Violation.Sort.APART,
                        "%s and %s share a %s, on hosts %s and %s"
                                .formatted(
                                        Words.name(seat.guest()),
                                        other.guest().id(),
                                        apart.over().word(),
                                        host(seat).name(),
                                        host(other).name())));
            }
        }
    }

    private void together(Seat seat, Together together, List<Violation> violations) {
        boolean own = together.group().equals(seat.guest().group());
        var others = new ArrayList<>(members(seat.guest(), together.group()));
        others.removeIf(other -> other.guest().id().equals(seat.guest().id()));
        if (own && others.isEmpty()) return;
        for (var other : others) if (Domains.share(host(seat), host(other), together.over())) return;
        violations.add(new Violation(
                Violation.Sort.TOGETHER,
                "%s is on host %s, in a %s without one of group %s"
                        .formatted(
                                Words.name(seat.guest()),
                                host(seat).name(),
                                together.over().word(),
                                together.group())));
    }

    private void spread(Seat seat, Spread spread, List<Violation> violations) {
        var here = Domains.of(host(seat), spread.over());
        if (here.isEmpty()) return;
        var counts = new HashMap<String, Integer>();
        for (var member : members(seat.guest(), seat.guest().group())) {
            Domains.of(host(member), spread.over()).ifPresent(name -> counts.merge(name, 1, Integer::sum));
        }
        int most = counts.getOrDefault(here.get(), 0);
        int least = most;
        for (var name : open(seat.guest(), spread.over())) least = Math.min(least, counts.getOrDefault(name, 0));
        if (most - least > spread.maxSkew()) {
            violations.add(new Violation(
                    Violation.Sort.SPREAD,
                    "%s is on host %s, in a %s with %d of its group, where another has %d and the most is %d more"
                            .formatted(
                                    Words.name(seat.guest()),
                                    host(seat).name(),
                                    spread.over().word(),
                                    most,
                                    least,
                                    spread.maxSkew())));
        }
    }

    /** The domains that the guest's own rules allow and that have an open host. */
    private Collection<String> open(Guest guest, Domain over) {
        var names = new HashSet<String>();
        for (var host : hosts.values()) {
            if (host.open() && HostCheck.of(guest, host).isEmpty())
                Domains.of(host, over).ifPresent(names::add);
        }
        return names;
    }

    private List<Seat> members(Guest of, String group) {
        return group.isEmpty() ? List.of() : groups.getOrDefault(new Group(of.project(), group), List.of());
    }

    private static boolean sameGroup(Guest one, Guest other) {
        return one.project().equals(other.project()) && one.group().equals(other.group());
    }

    private Host host(Seat seat) {
        return Check.present(hosts.get(seat.place().host()));
    }
}
