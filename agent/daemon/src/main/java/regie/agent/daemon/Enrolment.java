package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import regie.agent.channel.Credentials;
import regie.agent.channel.Denied;
import regie.agent.channel.RoomAddress;
import regie.agent.channel.RoomLink;
import regie.agent.channel.RoomUnreachable;
import regie.agent.contract.JoinToken;
import regie.agent.contract.Timeline;

/** How an agent comes by its certificate: from its data folder or, once, by a join token. */
final class Enrolment {
    private static final Logger LOG = System.getLogger("regie.agent");
    private static final long AGAIN_MILLIS = 1_000;
    private static final long AGAIN_MILLIS_MAX = 30_000;

    private final List<RoomAddress> rooms;
    private final String servers;
    private final Identity identity;
    private final Timeline timeline;

    Enrolment(List<RoomAddress> rooms, String servers, Identity identity, Timeline timeline) {
        this.rooms = rooms;
        this.servers = servers;
        this.identity = identity;
        this.timeline = timeline;
    }

    /**
     * Waits for a room that does not answer, since either may start first.
     *
     * @throws NotJoined where there is neither a valid certificate nor a token that the room takes
     */
    Credentials credentials(Optional<JoinToken> token) throws NotJoined, IOException, InterruptedException {
        var kept = identity.load();
        if (kept.isPresent() && !hasEnded(kept.get())) return kept.get();
        if (token.isPresent()) return join(token.get());
        throw new NotJoined(
                kept.isPresent()
                        ? "the certificate of this agent ended on %s: give it a new join token"
                                .formatted(
                                        kept.get().certificate().getNotAfter().toInstant())
                        : "this agent has not joined yet: give it a join token");
    }

    private boolean hasEnded(Credentials kept) {
        return timeline.calendar().isAfter(kept.certificate().getNotAfter().toInstant());
    }

    private Credentials join(JoinToken token) throws NotJoined, IOException, InterruptedException {
        var key = NewKey.make();
        long wait = AGAIN_MILLIS;
        for (int attempt = 0; ; attempt++) {
            var room = rooms.get(attempt % rooms.size());
            try {
                var credentials = key.with(RoomLink.join(room, token, servers, key.requestPem()));
                identity.save(credentials);
                LOG.log(Level.INFO, "joined the room at {0} as {1}", room, servers);
                return credentials;
            } catch (Denied | GeneralSecurityException refused) {
                throw new NotJoined(String.valueOf(refused.getMessage()));
            } catch (RoomUnreachable unreachable) {
                LOG.log(Level.WARNING, "{0}; trying again in {1} s", unreachable.getMessage(), wait / 1_000);
                timeline.pause(wait);
                wait = Math.min(2 * wait, AGAIN_MILLIS_MAX);
            }
        }
    }

    /** No certificate and no way to one but the operator. */
    static final class NotJoined extends Exception {
        NotJoined(String message) {
            super(message);
        }
    }
}
