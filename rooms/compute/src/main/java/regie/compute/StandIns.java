package regie.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.estate.Element;
import regie.estate.Group;
import regie.kernel.Declared;
import regie.placement.Domain;
import regie.placement.Survives;

/** Which machines stand in for each other: the members of a fleet, and instances that name one group. */
final class StandIns {
    private final Standing standing;

    /** By machine: failures that it was promised to survive, and would not now. */
    private final Map<UUID, Set<Domain>> gaps = new HashMap<>();

    private StandIns(Standing standing) {
        this.standing = standing;
        for (var gap : standing.survival().gaps())
            gaps.computeIfAbsent(gap.guest(), _ -> new HashSet<>()).add(gap.domain());
    }

    static List<Group> of(Standing standing, List<Declared<FleetSpec, FleetStatus>> fleets) {
        var groups = new ArrayList<Group>();
        var standIns = new StandIns(standing);
        var byFleet = standing.machines().values().stream()
                .filter(machine -> machine.owner().isPresent())
                .collect(Collectors.groupingBy(machine -> machine.owner().orElseThrow()));
        for (var fleet : fleets) {
            var members = byFleet.getOrDefault(fleet.uid(), List.of());
            groups.add(standIns.group(
                    Group.Sort.FLEET,
                    fleet.project() + "/" + fleet.name(),
                    members,
                    fleet.spec().template().site()));
        }
        standIns.named()
                .forEach((name, members) ->
                        groups.add(standIns.group(Group.Sort.GROUP, name, members, Optional.empty())));
        return groups;
    }

    private Map<String, List<Declared<InstanceSpec, InstanceStatus>>> named() {
        var named = new LinkedHashMap<String, List<Declared<InstanceSpec, InstanceStatus>>>();
        for (var machine : standing.machines().values()) {
            if (machine.owner().isPresent()) continue;
            machine.spec()
                    .group()
                    .ifPresent(group -> named.computeIfAbsent(machine.project() + "/" + group, _ -> new ArrayList<>())
                            .add(machine));
        }
        return named;
    }

    private Group group(
            Group.Sort sort, String name, List<Declared<InstanceSpec, InstanceStatus>> members, Optional<String> site) {
        var servers = members.stream()
                .map(member -> standing.host(member.uid()).name())
                .toList();
        return new Group(sort, name, servers, site, survived(members));
    }

    /** What every member survives, proven at this moment. */
    private Set<Element.Kind> survived(List<Declared<InstanceSpec, InstanceStatus>> members) {
        Set<Element.Kind> all = null;
        for (var member : members) {
            var own = survived(member.uid());
            if (all == null) all = new HashSet<>(own);
            else all.retainAll(own);
        }
        return all == null ? Set.of() : all;
    }

    private Set<Element.Kind> survived(UUID machine) {
        return standing.guest(machine).rules().survives().stream()
                .map(Survives::over)
                .filter(domain -> !gaps.getOrDefault(machine, Set.of()).contains(domain))
                .map(StandIns::kind)
                .collect(Collectors.toSet());
    }

    private static Element.Kind kind(Domain domain) {
        return switch (domain) {
            case HOST -> Element.Kind.SERVER;
            case RACK -> Element.Kind.RACK;
            case FEED -> Element.Kind.FEED;
            case SWITCH_PAIR -> Element.Kind.DEVICE;
            case ROOM -> Element.Kind.ROOM;
            case SITE -> Element.Kind.SITE;
        };
    }
}
