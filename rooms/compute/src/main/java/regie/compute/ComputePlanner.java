package regie.compute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Pure: the same census gives the same plan in the same order, whatever the order of its lists. */
final class ComputePlanner {
    private ComputePlanner() {}

    static Plan plan(Census census) {
        var steps = new ArrayList<Step>();
        var enlisted = new ArrayList<Machine>();
        var told = new LinkedHashMap<UUID, Machine>();
        var fleets = new LinkedHashMap<UUID, FleetStatus>();
        var fresh = census.fresh().iterator();
        for (var fleet : sorted(census.fleets(), Census.FleetSeen::uid)) {
            var decision = FleetPlanner.plan(fleet, machine -> presence(census, machine), census.now(), fresh);
            steps.addAll(decision.steps());
            enlisted.addAll(decision.enlisted());
            decision.told().forEach(machine -> told.put(machine.uid(), machine));
            fleets.put(fleet.uid(), decision.status());
        }
        var machines = new LinkedHashMap<UUID, Machine>();
        for (var machine : census.machines()) machines.put(machine.uid(), machine);
        for (var machine : enlisted) machines.put(machine.uid(), machine);
        machines.putAll(told);
        var views = instances(census, List.copyOf(machines.values()), retired(steps), steps);
        return new Plan(List.copyOf(steps), views, fleets);
    }

    private static Optional<Host.Presence> presence(Census census, Machine machine) {
        return machine.allocation()
                .map(place -> census.occupancy().host(place.server()).presence());
    }

    private static Map<UUID, Plan.View> instances(
            Census census, List<Machine> machines, Set<UUID> retired, List<Step> steps) {
        var placement = new Placement(census);
        placement.replaceable(lost(census, retired));
        try {
            var planner = new InstancePlanner(placement, new Allowance(census.quotas()), census.now());
            var views = new LinkedHashMap<UUID, Plan.View>();
            for (var machine : lostFirst(machines)) {
                if (retired.contains(machine.uid())) continue; // its deletion wakes it again
                var host = machine.allocation().map(place -> census.occupancy().host(place.server()));
                views.put(machine.uid(), planner.decide(machine, host));
            }
            steps.addAll(planner.steps());
            return views;
        } finally {
            placement.takeBack();
        }
    }

    private static Set<UUID> retired(List<Step> steps) {
        var retired = new HashSet<UUID>();
        for (var step : steps) if (step instanceof Step.Retire retire) retired.add(retire.instance());
        return retired;
    }

    /** Members of fleets that their hosts took along, and whose places are to be had for those who replace them. */
    private static List<Machine> lost(Census census, Set<UUID> retired) {
        return census.fleets().stream()
                .flatMap(fleet -> fleet.members().stream())
                .filter(member -> retired.contains(member.uid()) && RecoveryPlanner.isLost(member))
                .toList();
    }

    /** Those whose host is dead come before all others, by priority: the room that is held is held for them. */
    private static List<Machine> lostFirst(List<Machine> machines) {
        return machines.stream()
                .sorted(Comparator.comparingInt(RecoveryPlanner::turn).thenComparing(Machine::uid))
                .toList();
    }

    private static <T> List<T> sorted(List<T> all, Function<T, UUID> uid) {
        return all.stream().sorted(Comparator.comparing(uid)).toList();
    }
}
