package regie.agent.lease;

import java.util.Collection;

/** What is known of a host by two paths that share as little as can be: the room's own ears, and those of its voters. */
public enum Suspicion {
    NONE,
    /** The room alone misses it: its line to the room is broken. Shown; nothing is done. */
    BY_ROOM_ALONE,
    /** Its neighbours miss it and the room doesn't: its line to them is broken. Shown; nothing is done. */
    BY_VOTERS_ALONE,
    /** Both miss it: as good as dead, until there is proof. */
    BY_BOTH;

    /** What one voter says, or doesn't. */
    public enum Ear {
        HEARS,
        MISSES,
        /** The room can't ask it, or it has never heard the host. */
        UNKNOWN
    }

    /** @param voters one ear for each voter; the majority of those that know counts, and where none knows there is one path only */
    public static Suspicion of(boolean roomMisses, Collection<Ear> voters) {
        long hear = voters.stream().filter(Ear.HEARS::equals).count();
        long miss = voters.stream().filter(Ear.MISSES::equals).count();
        boolean votersMiss = miss > hear;
        if (roomMisses) return votersMiss ? BY_BOTH : BY_ROOM_ALONE;
        return votersMiss ? BY_VOTERS_ALONE : NONE;
    }
}
