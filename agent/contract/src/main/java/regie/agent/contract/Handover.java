package regie.agent.contract;

/**
 * A running guest's way from one host to another, as one of the two is told of it. Only a host that says that it
 * {@link Report#movesGuests moves guests} is ever told of one.
 *
 * <p>The host that the guest is on decides: as long as that one has not let go of it for good, the guest runs nowhere else.
 *
 * @param peer name of the other host
 * @param attempt grows with each try to move the guest; what is seen of another attempt is history
 * @param ticket with {@code DEPARTS}: what the peer's engine said in {@link HandoverSeen#ticket}; empty otherwise
 */
public record Handover(Side side, String peer, long attempt, String ticket) {

    public enum Side {
        /**
         * The guest runs on {@code peer}. A place is to be made ready for it and nothing to be started: it begins to run here
         * when {@code peer} says that it let go, or when a newer wish lists the guest without a handover.
         */
        ARRIVES,
        /** The guest is to be handed over to {@code peer}, in one try. Where that fails it runs on, and its report says why. */
        DEPARTS,
        /** A handover that is under way is to be called off, and none to be begun. */
        STAYS
    }

    public static Handover arrivesFrom(String peer, long attempt) {
        return new Handover(Side.ARRIVES, peer, attempt, "");
    }

    public static Handover departsTo(String peer, long attempt, String ticket) {
        return new Handover(Side.DEPARTS, peer, attempt, ticket);
    }

    public static Handover staysFrom(String peer, long attempt) {
        return new Handover(Side.STAYS, peer, attempt, "");
    }
}
