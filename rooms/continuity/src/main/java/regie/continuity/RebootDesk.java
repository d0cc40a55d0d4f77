package regie.continuity;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.continuity.PowerSwitch.Power;
import regie.continuity.PowerSwitch.PowerFault;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;

/**
 * Has controllers switch empty servers off and on again, aside from the loop. That it is to be done is in the ledger before; here it is
 * begun soon after, or never: who begins late can't know what has been done since.
 */
public final class RebootDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RebootDesk.class);

    private final Database database;
    private final Switches switches;
    private final Clock clock;
    private final Executor threads;

    public RebootDesk(Database database, Switches switches, Clock clock, Executor threads) {
        this.database = database;
        this.switches = switches;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * A word that is written down.
     *
     * @param told when it was
     * @param since the same moment by the clock that no calendar moves
     */
    record Word(UUID maintenance, UUID server, Switches.Wired wired, Instant told, long since) {}

    void carryOut(Word word) {
        threads.execute(() -> {
            try {
                cycle(word);
            } catch (PowerFault e) {
                LOG.warn("the controller of {} is of no help: {}", word.wired().name(), e.getMessage());
                write(word, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.warn("{} is not booted anew now: {}", word.wired().name(), e.getMessage());
            }
        });
    }

    private void cycle(Word word) throws PowerFault {
        boolean wanted = database.read(
                tx -> MaintenanceLedger.stillToReboot(tx, word.maintenance(), word.server(), word.told()));
        var power = wanted ? switches.power(word.wired()) : Power.ON;
        boolean late = clock.nanos() - word.since() > MaintenanceReboots.BEGIN_MAX.toNanos();
        if (!wanted || late) return;
        LOG.info("{} is booted anew by its controller", word.wired().name());
        if (power == Power.OFF) switches.on(word.wired());
        else switches.cycle(word.wired());
    }

    private void write(Word word, String fault) {
        database.change(
                Actor.ROOM,
                tx -> MaintenanceLedger.rebootFailed(tx, word.maintenance(), word.server(), word.told(), fault));
    }
}
