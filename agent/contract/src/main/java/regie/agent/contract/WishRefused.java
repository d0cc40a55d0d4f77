package regie.agent.contract;

/** The host did not take the wish and changed nothing. */
public final class WishRefused extends Exception {
    private final Reason reason;

    private WishRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public enum Reason {
        STALE,
        OTHER_HOST,
        OVERFULL
    }

    public Reason reason() {
        return reason;
    }

    /**
     * The three checks that every engine makes before it touches anything.
     *
     * @param host name of this server
     * @param newest generation of the newest wish taken so far
     * @param room what this host can give to guests in all
     * @throws WishRefused where the wish fails one of them
     */
    public static void unlessFit(Wish wish, String host, long newest, Claim room) throws WishRefused {
        if (!wish.host().equals(host)) {
            throw new WishRefused(Reason.OTHER_HOST, "%s got the wish of %s".formatted(host, wish.host()));
        }
        if (wish.generation() < newest) {
            throw new WishRefused(
                    Reason.STALE,
                    "%s has taken generation %d and refuses %d".formatted(host, newest, wish.generation()));
        }
        if (!wish.claim().fits(room)) {
            throw new WishRefused(
                    Reason.OVERFULL, "%s can give %s and was asked for %s".formatted(host, room, wish.claim()));
        }
    }
}
