package regie.continuity;

import java.util.List;
import java.util.stream.Collectors;
import regie.compute.HostGuests;
import regie.kernel.Hold;

/** Every reason for which a maintenance waits, in words for the operator. */
final class MaintenanceHolds {
    private static final int SHOWN_MAX = 3;

    private MaintenanceHolds() {}

    static Hold paused() {
        return new Hold("maintenance-paused", "no further server is taken out; go on with: regie maintenance resume");
    }

    static Hold outsideWindow(MaintenanceSpec.Window window, boolean over) {
        return new Hold(
                "maintenance-window",
                over
                        ? "its window ended at %s; declare another, or cancel it".formatted(window.until())
                        : "its window begins at %s".formatted(window.from()));
    }

    static Hold nothingThere(MaintenanceSpec spec) {
        return new Hold(
                "maintenance-nothing-there",
                "there is no server in its scope, %s".formatted(spec.scope().words()));
    }

    static Hold silentNear(List<String> silent) {
        return new Hold(
                "maintenance-silent-near",
                "%s not heard: nobody is taken out before it is known what became of it; if it is out on purpose: regie server cordon"
                        .formatted(silent.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "))
                                + (silent.size() == 1 ? " is" : " are")));
    }

    static Hold wouldBreak(List<MaintenanceHost> refused) {
        return new Hold(
                "maintenance-would-break",
                refused.stream()
                                .limit(SHOWN_MAX)
                                .map(host -> "%s stays in: %s".formatted(host.name(), host.note()))
                                .collect(Collectors.joining("; "))
                        + more(refused.size()));
    }

    /** Of what hangs on one feed: all or none. */
    static Hold feedWouldBreak(String why) {
        return new Hold("maintenance-would-break", "none of its servers is taken out: " + why);
    }

    static Hold cannotMove(MaintenanceHost host, List<HostGuests.Standing> stuck) {
        return new Hold(
                "maintenance-cannot-move",
                "%s still has %s%s; make room, move or stop them, or declare stopWhatCannotMove"
                        .formatted(
                                host.name(),
                                stuck.stream()
                                        .limit(SHOWN_MAX)
                                        .map(machine -> "%s (%s)"
                                                .formatted(
                                                        name(machine),
                                                        machine.stuck().orElse("")))
                                        .collect(Collectors.joining(", ")),
                                more(stuck.size())));
    }

    static Hold overruled(MaintenanceHost host) {
        return new Hold(
                "maintenance-overruled",
                "somebody gave %s machines again while it was to be emptied; regie server drain %s, or cancel the maintenance"
                        .formatted(host.name(), host.name()));
    }

    static Hold waits(MaintenanceHost host) {
        return new Hold(
                "maintenance-waits",
                "%s is empty and waits for the work; when that is done: regie maintenance done".formatted(host.name()));
    }

    static Hold cannotReboot(MaintenanceHost host) {
        var why = host.presence() != regie.estate.ServerStatus.Presence.UP
                ? "its agent is not heard"
                : host.reboot().boot().isEmpty()
                        ? "its agent does not say in which boot it is, so nobody could tell whether it has left it"
                        : "it declares no bmc, and its agent was not started with --may-reboot";
        return new Hold(
                "maintenance-cannot-reboot",
                "%s is empty and can't be booted anew: %s; once it is done by hand: regie maintenance done"
                        .formatted(host.name(), why));
    }

    static Hold rebooting(MaintenanceHost host, String fault) {
        return new Hold(
                "maintenance-rebooting",
                "%s was told at %s to boot anew%s".formatted(host.name(), host.since(), fault));
    }

    static Hold verifying(MaintenanceHost host, String why) {
        return new Hold("maintenance-verifying", "%s: %s".formatted(host.name(), why));
    }

    static Hold failed(MaintenanceHost host) {
        return new Hold(
                "maintenance-failed",
                "%s did not come back: %s. Nothing else is taken out. Look at it, then: regie maintenance resume, or cancel"
                        .formatted(host.name(), host.note()));
    }

    static String name(HostGuests.Standing machine) {
        return machine.key().project() + "/" + machine.key().name();
    }

    private static String more(int all) {
        return all > SHOWN_MAX ? " and %d more".formatted(all - SHOWN_MAX) : "";
    }
}
