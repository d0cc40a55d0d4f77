package regie.compute;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Members;

/** Which hosts attend at which server of the room: one is silent only if none of them hears it. */
public final class Attendances {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Database database;
    private final Members members;
    private final Clock clock;
    private long beatenNanos;

    /** @param server of the room, which this is */
    public Attendances(Database database, UUID server, Clock clock) {
        this.database = database;
        this.members = new Members(server, "host");
        this.clock = clock;
        this.beatenNanos = clock.nanos() - BEAT.toNanos();
    }

    /** Whether it is time to say again who attends here. */
    boolean due() {
        return clock.nanos() - beatenNanos >= BEAT.toNanos();
    }

    /**
     * Says that this server lives, and which hosts attend here.
     *
     * @return hosts that attended at servers that are gone: from now on they are missed here
     */
    List<String> say(Collection<String> attending) {
        var inherited = database.transact(Actor.ROOM, tx -> {
            members.beat(tx);
            members.hold(tx, attending);
            return members.takeOver(tx);
        });
        beatenNanos = clock.nanos();
        return inherited;
    }

    /** Those of {@code hosts} that attend at another server. */
    Set<String> elsewhere(Collection<String> hosts) {
        return database.read(tx -> members.elsewhere(tx, hosts));
    }
}
