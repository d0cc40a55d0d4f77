package regie.agent.contract;

import java.util.Optional;
import java.util.UUID;

/**
 * A guest as its host sees it.
 *
 * @param reboots how many asked-for reboots it has had
 * @param builds how many asked-for rebuilds it has had
 * @param detail why it failed or crashed, in words for the operator; empty where all is well
 * @param handover how far it has come on its way from or to another host; empty where it is on none
 */
public record GuestSeen(
        UUID uid, long epoch, State state, int reboots, int builds, String detail, Optional<HandoverSeen> handover) {

    public GuestSeen(UUID uid, long epoch, State state, int reboots, int builds, String detail) {
        this(uid, epoch, state, reboots, builds, detail, Optional.empty());
    }

    public GuestSeen with(HandoverSeen other) {
        return new GuestSeen(uid, epoch, state, reboots, builds, detail, Optional.of(other));
    }

    /** True where its handover has come to {@code stage}. */
    public boolean at(HandoverSeen.Stage stage) {
        return handover.filter(seen -> seen.stage() == stage).isPresent();
    }

    public enum State {
        /** Its disk or its process is being made. */
        STARTING,
        /** Its process runs and its virtual CPUs execute. */
        RUNNING,
        /** It does not run because the wish says so, or is on its way: it has not come yet, or has gone. */
        STOPPED,
        /** Its process ended though the wish says it should run. It stays so until a newer epoch is wished for. */
        CRASHED,
        /** It could not be started; {@code detail} says why. It stays so until a newer epoch is wished for. */
        FAILED
    }
}
