package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.continuity.PowerSwitch.Power;
import regie.continuity.PowerSwitch.PowerFault;
import regie.continuity.Verdict.Said;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;

/** Talks to controllers, aside from the loop, and writes down what they say. Of one verdict there is one talk at a time. */
final class SwitchDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchDesk.class);
    private static final int AT_ONCE = 64;
    /** How long after the power was cut it is waited for that it is off. */
    private static final Duration CUT_MAX = Duration.ofSeconds(6);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Database database;
    private final Switches switches;
    private final Clock clock;
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SwitchDesk(Database database, Switches switches, Clock clock) {
        this.database = database;
        this.switches = switches;
        this.clock = clock;
    }

    /** @param asked as it stands in the ledger */
    void ask(Verdict verdict, Switches.Wired server, Instant asked) {
        talk(verdict, asked, () -> said(switches.power(server)));
    }

    void cut(Verdict verdict, Switches.Wired server, Instant asked) {
        talk(verdict, asked, () -> {
            LOG.warn(
                    "the power of {} is cut: it is missed, and whether it runs can't be known otherwise",
                    verdict.name());
            switches.off(server);
            long until = clock.nanos() + CUT_MAX.toNanos();
            var power = switches.power(server);
            while (power == Power.ON && clock.nanos() - until < 0) {
                if (closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) break;
                power = switches.power(server);
            }
            return said(power);
        });
    }

    private static Said said(Power power) {
        return power == Power.OFF ? Said.OFF : Said.ON;
    }

    private interface Talk {
        Said talk() throws PowerFault, InterruptedException;
    }

    private void talk(Verdict verdict, Instant asked, Talk talk) {
        if (!busy.add(verdict.number())) return;
        threads.execute(() -> {
            try {
                places.acquire();
                try {
                    answer(verdict, asked, talk);
                } finally {
                    places.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the room ends; whoever starts next asks again
            } catch (RuntimeException e) {
                LOG.warn("what the controller of {} said can't be written down: {}", verdict.name(), e.getMessage());
            } finally {
                busy.remove(verdict.number());
            }
        });
    }

    private void answer(Verdict verdict, Instant asked, Talk talk) throws InterruptedException {
        try {
            write(verdict, asked, talk.talk(), "");
        } catch (PowerFault e) {
            LOG.warn("the controller of {} is of no help: {}", verdict.name(), e.getMessage());
            write(verdict, asked, Said.FAULT, String.valueOf(e.getMessage()));
        }
    }

    private void write(Verdict verdict, Instant asked, Said said, String fault) {
        database.change(Actor.ROOM, tx -> {
            VerdictLedger.answered(tx, verdict.number(), asked, said, fault);
            tx.hint(regie.compute.Deaths.TOPIC);
        });
    }

    /** Talks under way are broken off. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdownNow();
    }
}
