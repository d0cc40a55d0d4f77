package regie.agent.contract;

/**
 * How far the handover of a guest has come, as one of the two hosts sees it.
 *
 * @param attempt as in the {@link Handover}
 * @param ticket with {@code READY}: what the other host's engine has to know; nobody between the two engines reads it
 * @param detail with {@code FAILED}: why, in words for the operator
 * @param millis with {@code ARRIVED}: how long the handover took
 * @param downtimeMillis with {@code ARRIVED}: how long the guest's virtual CPUs stood still; -1 where nobody knows
 */
public record HandoverSeen(Stage stage, long attempt, String ticket, String detail, long millis, long downtimeMillis) {

    public enum Stage {
        /** On the host it comes to: its place is ready, and it does not run here. */
        READY,
        /** On the host it is on: its memory and disk are being copied. It may stand still for a moment. */
        UNDER_WAY,
        /** On the host it is on: it was not handed over and runs on; it is not tried again in this attempt. */
        FAILED,
        /** On the host it was on: it was handed over whole, and will never run here again under this epoch. */
        DEPARTED,
        /** On the host it came to: it runs here. */
        ARRIVED
    }

    public static HandoverSeen ready(long attempt, String ticket) {
        return new HandoverSeen(Stage.READY, attempt, ticket, "", 0, 0);
    }

    public static HandoverSeen underWay(long attempt) {
        return new HandoverSeen(Stage.UNDER_WAY, attempt, "", "", 0, 0);
    }

    public static HandoverSeen failed(long attempt, String detail) {
        return new HandoverSeen(Stage.FAILED, attempt, "", detail, 0, 0);
    }

    public static HandoverSeen departed(long attempt) {
        return new HandoverSeen(Stage.DEPARTED, attempt, "", "", 0, 0);
    }

    public static HandoverSeen arrived(long attempt, long millis, long downtimeMillis) {
        return new HandoverSeen(Stage.ARRIVED, attempt, "", "", millis, downtimeMillis);
    }
}
