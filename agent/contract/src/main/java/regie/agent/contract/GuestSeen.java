package regie.agent.contract;

import java.util.UUID;

/**
 * A guest as its host sees it.
 *
 * @param reboots how many asked-for reboots it has had
 * @param builds how many asked-for rebuilds it has had
 * @param detail why it failed or crashed, in words for the operator; empty where all is well
 */
public record GuestSeen(UUID uid, long epoch, State state, int reboots, int builds, String detail) {

    public enum State {
        /** Its disk or its process is being made. */
        STARTING,
        /** Its process runs and its virtual CPUs execute. */
        RUNNING,
        /** Shut off because the wish says so. */
        STOPPED,
        /** Its process ended though the wish says it should run. It stays so until a newer epoch is wished for. */
        CRASHED,
        /** It could not be started; {@code detail} says why. It stays so until a newer epoch is wished for. */
        FAILED
    }
}
