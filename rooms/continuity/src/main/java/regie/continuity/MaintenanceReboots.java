package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import regie.continuity.MaintenanceReboot.Way;
import regie.continuity.MaintenanceStep.Reach;
import regie.continuity.MaintenanceStep.Reboot;
import regie.estate.ServerStatus.Presence;
import regie.kernel.Hold;

/**
 * When an empty server is told to boot anew, and when it has. In which boot it was is written down before it is told, so that nobody
 * who has to guess what became of the telling tells it to leave another one. Pure.
 */
final class MaintenanceReboots {
    /**
     * So long after it was written down that a controller is told, it is told no more: {@link RebootDesk} begins no later than
     * {@link #BEGIN_MAX} and a controller takes {@link PowerSwitch#SECONDS_MAX} for each of two calls. Whoever is still heard in the same
     * boot then was not told, or not listened to.
     */
    static final Duration AGAIN = Duration.ofSeconds(75);

    static final Duration BEGIN_MAX = Duration.ofSeconds(10);
    /** A controller that was told so often to no avail is not believed to be able to. */
    static final int TELLS_MAX = 3;

    private MaintenanceReboots() {}

    static Optional<MaintenanceStep> begin(MaintenanceHost host, Instant now, List<Hold> holds) {
        var reboot = host.reboot();
        if (reboot.way() == Way.CONTROLLER && wordMayBeOnItsWay(reboot, now)) {
            holds.add(MaintenanceHolds.rebooting(host, fault(reboot)));
            return Optional.empty();
        }
        if (reboot.way() != Way.NONE && reboot.boot().isPresent() && host.presence() == Presence.UP)
            return Optional.of(new Reboot(host, reboot.boot().get()));
        holds.add(MaintenanceHolds.cannotReboot(host));
        return Optional.empty();
    }

    static Optional<MaintenanceStep> follow(MaintenanceHost host, MaintenanceSpec spec, Instant now, List<Hold> holds) {
        var reboot = host.reboot();
        boolean heard = host.presence() == Presence.UP;
        if (heard && reboot.happened()) return Optional.of(new Reach(host, MaintenanceStage.VERIFYING));
        if (!now.isBefore(host.since().plusSeconds(spec.verifySeconds())))
            return Optional.of(new Reach(
                    host,
                    MaintenanceStage.FAILED,
                    "%d seconds after it was told to boot anew %s%s"
                            .formatted(
                                    spec.verifySeconds(),
                                    heard ? "it still is as it was" : "it is not heard",
                                    fault(reboot))));
        holds.add(MaintenanceHolds.rebooting(host, fault(reboot)));
        return heard && mayBeToldAgain(host, now)
                ? Optional.of(new Reboot(host, reboot.before().orElseThrow()))
                : Optional.empty();
    }

    /** Agents are told all the time: each knows which boot it is in. */
    private static boolean mayBeToldAgain(MaintenanceHost host, Instant now) {
        var reboot = host.reboot();
        return reboot.way() == Way.CONTROLLER
                && reboot.before().isPresent()
                && reboot.boot().equals(reboot.before())
                && reboot.tells() < TELLS_MAX
                && host.closed()
                && host.empty()
                && !wordMayBeOnItsWay(reboot, now);
    }

    private static boolean wordMayBeOnItsWay(MaintenanceReboot reboot, Instant now) {
        return reboot.told().filter(told -> now.isBefore(told.plus(AGAIN))).isPresent();
    }

    private static String fault(MaintenanceReboot reboot) {
        return reboot.fault().isEmpty() ? "" : "; its controller is of no help: " + reboot.fault();
    }
}
