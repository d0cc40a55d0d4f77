package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.InstanceStatus.Stage;
import regie.testing.Database;

/** Members that own a name and an address: on simulated hosts, a real database and virtual time. */
class FleetStatefulTest {
    private static final int STEPS_MAX = 600;
    private static final List<String> HOSTS = List.of("par1-h01", "par1-h02", "fra1-h01");

    private final Map<UUID, String> names = new HashMap<>();
    private World world;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(LifeTest.ESTATE + "---\n{kind: Image, name: macro, spec: {boot: kernel}}\n");
        world.step();
        HOSTS.forEach(world::attend);
        world.imageIsReady("micro");
        world.imageIsReady("macro");
    }

    private void fleet(int count, String image, String more) {
        world.apply(
                "{kind: Fleet, name: db, spec: {count: %d, maximum: 6, template: {flavor: small, image: %s}, rollout: {wave: '1', settleSeconds: 1}%s}}"
                        .formatted(count, image, more));
    }

    private static final String STATEFUL = ", stateful: {keep: [name, address]}";

    private void until(BooleanSupplier holds) {
        for (int step = 0; step < STEPS_MAX && !holds.getAsBoolean(); step++) {
            world.step();
            assertNoNameTwice();
        }
        assertThat(holds.getAsBoolean()).as(world.story()).isTrue();
    }

    /** The hosts themselves say what runs there: never two of a name. */
    private void assertNoNameTwice() {
        world.instances().forEach(each -> names.put(each.uid(), each.name()));
        var run = world.running().keySet().stream().map(names::get).toList();
        assertThat(run).doesNotHaveDuplicates();
    }

    private Map<String, String> running(String image) {
        var addresses = new TreeMap<String, String>();
        for (var each : world.instances())
            if (each.status().stage() == Stage.RUNNING
                    && !each.deleting()
                    && each.spec().image().equals(image))
                addresses.put(each.name(), each.status().address().orElseThrow());
        return addresses;
    }

    @Test
    void replacementHasTheNameAndTheAddressOfWhomItReplaces() {
        fleet(3, "micro", STATEFUL);
        until(() -> running("micro").size() == 3);
        var before = running("micro");
        assertThat(before).containsOnlyKeys("db-1", "db-2", "db-3");
        var old = world.instance("db-2");
        world.hostOf("db-2").orElseThrow().kill(old.uid());
        until(() -> world.instances().stream().noneMatch(each -> each.uid().equals(old.uid())));
        until(() -> running("micro").size() == 3);
        assertThat(running("micro")).isEqualTo(before);
    }

    @Test
    void nobodyComesInsteadOfOneOnASilentHostUntilItIsProvenGone() {
        fleet(3, "micro", STATEFUL);
        until(() -> running("micro").size() == 3);
        var before = running("micro");
        var host = world.instance("db-2").status().host().orElseThrow();
        var uid = world.instance("db-2").uid();
        world.breakLine(host);
        world.deleteInstance("db-2");
        for (int step = 0; step < 150; step++) {
            world.step();
            assertNoNameTwice();
        }
        assertThat(world.instance("db-2").uid()).as("it may still run").isEqualTo(uid);
        world.attend(host);
        until(() -> running("micro").equals(before));
        assertThat(world.instance("db-2").uid()).isNotEqualTo(uid);
    }

    @Test
    void rolloutRenewsThemInPlaceAndScalingTakesTheLast() {
        fleet(3, "micro", STATEFUL);
        until(() -> running("micro").size() == 3 && !world.fleet("db").status().underWay());
        var before = running("micro");
        fleet(3, "macro", STATEFUL);
        until(() -> running("macro").equals(before) && world.instances().size() == 3);
        fleet(2, "macro", STATEFUL);
        until(() -> world.instances().size() == 2);
        assertThat(running("macro")).containsOnlyKeys("db-1", "db-2");
        fleet(4, "macro", STATEFUL);
        until(() -> running("macro").size() == 4);
        assertThat(running("macro")).containsAllEntriesOf(before).containsKey("db-4");
        world.deleteFleet("db");
        until(() -> !world.hasFleet("db"));
        assertThat(addresses()).isZero();
    }

    @Test
    void fleetThatBecomesStatefulKeepsServing() {
        fleet(2, "micro", "");
        until(() -> running("micro").size() == 2);
        for (var each : world.instances())
            world.hostOf(each.name()).orElseThrow().kill(each.uid());
        until(() -> running("micro").keySet().equals(java.util.Set.of("db-3", "db-4")));
        fleet(2, "micro", STATEFUL);
        until(() -> {
            assertThat(running("micro").size()).isGreaterThanOrEqualTo(2);
            return running("micro").keySet().equals(java.util.Set.of("db-1", "db-2"));
        });
    }

    private long addresses() {
        return world.database
                .read(tx -> tx.first("select count(*) as n from network.address", row -> row.number("n")))
                .orElseThrow();
    }
}
