package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import regie.agent.channel.Credentials;
import regie.agent.channel.Denied;
import regie.agent.channel.RoomLink;
import regie.agent.channel.RoomUnreachable;
import regie.agent.contract.Timeline;

/** Gets a certificate for a new key when two thirds of the old one's life are over, and keeps trying until it has it. */
final class Renewal {
    private static final Logger LOG = System.getLogger("regie.agent");
    private static final Duration AGAIN_MAX = Duration.ofHours(1);
    private static final Duration AGAIN_MIN = Duration.ofMillis(250);

    private final RoomLink link;
    private final Identity identity;
    private final Timeline timeline;
    private final Executor threads;
    private final Consumer<Credentials> renewed;

    /** @param renewed hears of every new certificate */
    Renewal(RoomLink link, Identity identity, Timeline timeline, Executor threads, Consumer<Credentials> renewed) {
        this.renewed = renewed;
        this.link = link;
        this.identity = identity;
        this.timeline = timeline;
        this.threads = threads;
    }

    void watch(Credentials credentials) {
        var begin = credentials.certificate().getNotBefore().toInstant();
        var life =
                Duration.between(begin, credentials.certificate().getNotAfter().toInstant());
        var due = begin.plus(life.multipliedBy(2).dividedBy(3));
        later(Duration.between(timeline.calendar(), due), credentials);
    }

    private void later(Duration wait, Credentials credentials) {
        timeline.after(
                Math.max(AGAIN_MIN.toMillis(), wait.toMillis()), () -> threads.execute(() -> renew(credentials)));
    }

    private void renew(Credentials old) {
        try {
            var key = NewKey.make();
            var credentials = key.with(link.renew(key.requestPem()));
            identity.save(credentials);
            link.use(credentials);
            renewed.accept(credentials);
            LOG.log(
                    Level.INFO,
                    "certificate renewed until {0}",
                    credentials.certificate().getNotAfter().toInstant());
            watch(credentials);
        } catch (Denied | RoomUnreachable | GeneralSecurityException | IOException failed) {
            var left = Duration.between(
                    timeline.calendar(), old.certificate().getNotAfter().toInstant());
            LOG.log(Level.WARNING, "certificate not renewed, {0} left: {1}", left, failed.getMessage());
            var tenth = left.dividedBy(10);
            later(tenth.compareTo(AGAIN_MAX) > 0 ? AGAIN_MAX : tenth, old);
        }
    }
}
