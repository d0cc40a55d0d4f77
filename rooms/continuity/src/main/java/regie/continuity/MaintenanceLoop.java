package regie.continuity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import regie.compute.Picture;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/**
 * Looks at every maintenance that has not ended, and does what is next: all of one look, and what it comes to, in one transaction. So
 * wherever this process dies, the next one goes on from what is written.
 */
public final class MaintenanceLoop {
    private static final String KIND = Maintenances.KIND.name();
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Database database;
    private final Resources resources;
    private final Picture picture;
    private final WorkQueue work;
    private final RebootDesk reboots;
    private final Clock clock;

    public MaintenanceLoop(
            Database database, Resources resources, Picture picture, WorkQueue work, RebootDesk reboots, Clock clock) {
        this.database = database;
        this.resources = resources;
        this.picture = picture;
        this.work = work;
        this.reboots = reboots;
        this.clock = clock;
    }

    public Loop start(Hints hints) {
        return Loop.start("maintenance", hints, List.of(WorkQueue.topic(KIND)), this::pass);
    }

    /** One look, which {@link #start} has again and again. */
    public Loop.Pass pass() {
        var items = database.transact(Actor.ROOM, tx -> work.take(tx, KIND, BATCH, LEASE));
        for (var item : items)
            database.transact(Actor.ROOM, tx -> look(tx, item)).forEach(reboots::carryOut);
        return items.size() == BATCH ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /** @return what controllers are to be told after this is written down */
    private List<RebootDesk.Word> look(Tx tx, WorkQueue.Item item) {
        MaintenanceLedger.lock(tx);
        var found = resources.byUid(tx, Maintenances.KIND, List.of(item.object()));
        var words = new ArrayList<RebootDesk.Word>();
        var next = found.isEmpty() ? Next.NEVER : look(tx, found.getFirst(), words);
        switch (next) {
            case NEVER -> work.complete(tx, KIND, List.of(item));
            case LATER -> work.postpone(tx, KIND, List.of(item), LATER);
            case SOON -> work.postpone(tx, KIND, List.of(item), SOON);
        }
        return words;
    }

    private enum Next {
        NEVER,
        LATER,
        /** Something was done, of which the next step may follow at once. */
        SOON
    }

    private Next look(Tx tx, Declared<MaintenanceSpec, MaintenanceStatus> maintenance, List<RebootDesk.Word> words) {
        if (maintenance.status().phase().ended() && !maintenance.deleting()) return Next.NEVER;
        var pass = new MaintenancePass(tx, resources, picture, maintenance, clock);
        var plan = pass.run();
        words.addAll(pass.words());
        var status = MaintenanceStatuses.of(tx, maintenance, plan.holds(), clock.now());
        if (maintenance.deleting() && pass.nothingOut()) {
            MaintenanceLedger.forget(tx, maintenance.uid());
            resources.finish(tx, Maintenances.KIND, List.of(maintenance.uid()));
            return Next.NEVER;
        }
        resources.report(tx, Maintenances.KIND, Map.of(maintenance.uid(), status));
        if (status.phase().ended()) return Next.NEVER;
        return plan.steps().isEmpty() ? Next.LATER : Next.SOON;
    }

    /** The names of feeds on which others than {@code maintenance} may work: they are as good as lost. */
    static List<String> feedsOut(Tx tx, Resources resources, java.util.Optional<java.util.UUID> maintenance) {
        var feeds = new ArrayList<String>();
        for (var other : resources.list(tx, Maintenances.KIND, regie.kernel.Selection.ALL)) {
            if (maintenance.filter(other.uid()::equals).isPresent()) continue;
            var status = other.status();
            if (status.begun().isPresent() && status.ended().isEmpty())
                other.spec().scope().feed().ifPresent(feeds::add);
        }
        return feeds;
    }
}
