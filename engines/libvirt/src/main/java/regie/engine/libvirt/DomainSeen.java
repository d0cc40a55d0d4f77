package regie.engine.libvirt;

import java.util.UUID;
import regie.agent.contract.Guest.Power;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;

/**
 * One of our guests as libvirt has it.
 *
 * @param state libvirt's {@code virDomainState}
 * @param reason libvirt's reason for it; what the numbers mean depends on the state
 */
record DomainSeen(UUID uid, GuestTag tag, int state, int reason) {
    private static final int PAUSED = 3;
    private static final int SHUT_OFF = 5;
    private static final int CRASHED = 6;
    private static final int PAUSED_STARTING_UP = 11;
    private static final int PAUSED_UNKNOWN = 0;
    private static final int PAUSED_MIGRATION = 2;
    private static final int SHUT_OFF_MIGRATED = 4;
    private static final String[] SHUT_OFF_REASONS = {
        "its process ended",
        "the guest shut itself down",
        "its process was ended on the host",
        "its process ended unexpectedly",
        "it was migrated away on the host",
        "it was saved on the host",
        "it failed to start on the host",
        "it was reverted to a snapshot on the host",
        "its process ended while libvirt was away",
    };

    /** True where it has a process. */
    boolean active() {
        return state != SHUT_OFF && state != CRASHED;
    }

    /** True where libvirt has handed it over and has only to forget it. */
    boolean migratedAway() {
        return state == SHUT_OFF && reason == SHUT_OFF_MIGRATED;
    }

    /** True where a migration stopped it and did not end. */
    boolean stranded() {
        return state == PAUSED && (reason == PAUSED_UNKNOWN || reason == PAUSED_MIGRATION);
    }

    GuestSeen seen() {
        return new GuestSeen(uid, tag.epoch(), contractState(), tag.reboots(), tag.builds(), detail());
    }

    private State contractState() {
        if (tag.power() == Power.OFF) return active() ? State.RUNNING : State.STOPPED;
        if (tag.stage() != GuestTag.Stage.SETTLED) return State.STARTING;
        if (!active()) return State.CRASHED;
        return state == PAUSED && reason == PAUSED_STARTING_UP ? State.STARTING : State.RUNNING;
    }

    private String detail() {
        return switch (contractState()) {
            case CRASHED ->
                reason >= 0 && reason < SHUT_OFF_REASONS.length ? SHUT_OFF_REASONS[reason] : SHUT_OFF_REASONS[0];
            case RUNNING ->
                state == PAUSED ? "its virtual CPUs are paused (libvirt's reason %d)".formatted(reason) : "";
            case STARTING, STOPPED, FAILED -> "";
        };
    }
}
