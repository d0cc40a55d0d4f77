package regie.continuity;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import regie.continuity.MaintenanceStatus.Outcome;
import regie.continuity.MaintenanceStatus.Phase;
import regie.kernel.Declared;
import regie.kernel.Hold;
import regie.kernel.Tx;

/** What is shown of a maintenance, from the ledger. */
final class MaintenanceStatuses {
    private MaintenanceStatuses() {}

    static MaintenanceStatus of(
            Tx tx, Declared<MaintenanceSpec, MaintenanceStatus> maintenance, List<Hold> holds, Instant now) {
        var hosts = MaintenanceLedger.hosts(tx, maintenance.uid());
        var machines = MaintenanceLedger.machines(tx, maintenance.uid());
        var phase = phase(maintenance.spec(), hosts);
        boolean anyOut = hosts.stream().anyMatch(host -> host.stage().out() || host.stage() == MaintenanceStage.DONE);
        var before = maintenance.status();
        return new MaintenanceStatus(
                phase,
                hosts.size(),
                (int) hosts.stream().filter(host -> finished(host.stage())).count(),
                MaintenanceLedger.longestDowntimeMillis(tx, maintenance.uid()),
                before.begun().or(() -> anyOut ? Optional.of(now) : Optional.empty()),
                before.ended().or(() -> phase.ended() ? Optional.of(now) : Optional.empty()),
                shown(hosts, machines),
                machines,
                phase.ended() ? List.of() : holds);
    }

    private static boolean finished(MaintenanceStage stage) {
        return !stage.out() && stage != MaintenanceStage.PENDING;
    }

    private static Phase phase(MaintenanceSpec spec, List<MaintenanceLedger.Entry> hosts) {
        boolean over = hosts.stream().allMatch(host -> finished(host.stage()));
        if (over && spec.cancelled()) return Phase.CANCELLED;
        if (over && !hosts.isEmpty()) return Phase.DONE;
        if (hosts.stream().anyMatch(host -> host.stage() == MaintenanceStage.FAILED)) return Phase.STOPPED;
        if (spec.paused()) return Phase.PAUSED;
        return hosts.stream().allMatch(host -> host.stage() == MaintenanceStage.PENDING)
                ? Phase.PENDING
                : Phase.UNDER_WAY;
    }

    private static List<MaintenanceStatus.Server> shown(
            List<MaintenanceLedger.Entry> hosts, List<MaintenanceStatus.Machine> machines) {
        Map<String, Integer> left = machines.stream()
                .filter(machine -> machine.outcome() == Outcome.LEAVING)
                .collect(Collectors.groupingBy(MaintenanceStatus.Machine::from, Collectors.summingInt(_ -> 1)));
        return hosts.stream()
                .sorted(Comparator.comparingInt(host -> rank(host.stage())))
                .limit(MaintenanceStatus.SERVERS_SHOWN)
                .map(host -> new MaintenanceStatus.Server(
                        host.name(),
                        host.stage(),
                        host.since(),
                        host.stage().out() ? left.getOrDefault(host.name(), 0) : 0,
                        host.note()))
                .toList();
    }

    private static int rank(MaintenanceStage stage) {
        if (stage == MaintenanceStage.FAILED) return 0;
        if (stage.out()) return 1;
        return stage == MaintenanceStage.PENDING ? 2 : 3;
    }
}
