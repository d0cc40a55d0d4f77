package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.InstanceStatus.Stage;
import regie.engine.simulated.Faults;
import regie.kernel.Actor;
import regie.kernel.Declared;
import regie.testing.Database;

/** A fleet that gets another template, is restarted, and stops: on simulated hosts and a real database. */
class FleetLifeTest {
    private static final int STEPS_MAX = 600;
    private static final List<String> HOSTS = List.of("par1-h01", "par1-h02", "fra1-h01");

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

    private void fleet(String name, String more) {
        world.apply("{kind: Fleet, name: %s, spec: {%s}}".formatted(name, more));
    }

    private static String web(String image, String more) {
        return "count: 4, template: {flavor: small, image: %s}, rollout: {wave: '1', settleSeconds: 1}%s"
                .formatted(image, more);
    }

    private void until(BooleanSupplier holds) {
        for (int step = 0; step < STEPS_MAX && !holds.getAsBoolean(); step++) world.step();
        assertThat(holds.getAsBoolean())
                .as(world.story() + (world.hasFleet("web") ? world.fleet("web").status() : ""))
                .isTrue();
    }

    private List<Declared<InstanceSpec, InstanceStatus>> running(String image) {
        return world.instances().stream()
                .filter(each -> each.status().stage() == Stage.RUNNING && !each.deleting())
                .filter(each -> each.spec().image().equals(image))
                .toList();
    }

    private List<String> holds() {
        return world.fleet("web").status().holds().stream()
                .map(hold -> hold.code())
                .toList();
    }

    private void suffer(boolean bootFails, long bootMillis) {
        for (var host : HOSTS)
            world.hypervisor(host).suffer(Faults.NONE.bootFails(bootFails).bootMillis(bootMillis));
    }

    @Test
    void changedTemplateComesInWavesAndNeverTakesAwayWhatServes() {
        fleet("web", web("micro", ""));
        until(() -> running("micro").size() == 4);
        suffer(false, 500);
        fleet("web", web("macro", ""));
        var waves = new TreeSet<Integer>();
        for (int step = 0; step < STEPS_MAX && running("macro").size() < 4; step++) {
            world.step();
            assertThat(running("micro").size() + running("macro").size()).isGreaterThanOrEqualTo(4);
            world.fleet("web")
                    .status()
                    .revision()
                    .flatMap(RevisionStatus::rollout)
                    .ifPresent(it -> waves.add(it.wave()));
        }
        until(() ->
                world.instances().size() == 4 && !world.fleet("web").status().underWay());
        assertThat(running("macro")).hasSize(4);
        assertThat(waves).contains(1, 2, 3, 4);
    }

    @Test
    void whatIsPausedGoesOnWhenToldTo() {
        fleet("web", web("micro", ""));
        until(() -> running("micro").size() == 4);
        fleet("web", web("macro", ", paused: true"));
        world.steps(100);
        assertThat(running("micro")).hasSize(4);
        assertThat(holds()).containsExactly("paused");
        fleet("web", web("macro", ""));
        until(() -> running("macro").size() == 4 && world.instances().size() == 4);
    }

    @Test
    void templateThatFailsIsRolledBackAndShownUntilItIsChanged() {
        fleet("web", web("micro", ""));
        until(() -> running("micro").size() == 4
                && world.fleet("web")
                        .status()
                        .revision()
                        .flatMap(RevisionStatus::proven)
                        .isPresent());
        suffer(true, 0);
        fleet("web", web("macro", ", breaker: {failures: 2}"));
        until(() -> holds().contains("rolled-back"));
        suffer(false, 0);
        until(() -> world.instances().size() == 4 && running("micro").size() == 4);
        assertThat(holds()).containsExactly("rolled-back");
        world.startRoom();
        HOSTS.forEach(world::attend);
        world.steps(20);
        assertThat(running("micro")).as("the room's death changes nothing").hasSize(4);
        fleet("web", web("macro", ", breaker: {failures: 2}, resumes: 1"));
        until(() -> running("macro").size() == 4 && holds().isEmpty());
    }

    @Test
    void brokenImageStopsItsFleetAndNoOther() {
        suffer(true, 0);
        fleet("web", web("micro", ", breaker: {failures: 3}"));
        until(() -> holds().contains("breaker-open"));
        suffer(false, 0);
        fleet("app", web("macro", ""));
        until(() -> running("macro").size() == 4);
        assertThat(running("micro")).isEmpty();
        assertThat(world.fleet("web").status().holds().getFirst().detail())
                .contains("3 times within 600 s", "told to fail", "regie fleet resume web");
        fleet("web", web("macro", ", breaker: {failures: 3}"));
        until(() -> running("macro").size() == 8);
        assertThat(holds()).as("a new template closes it").isEmpty();
    }

    @Test
    void restartGoesInWavesAndOutlivesTheRoom() {
        fleet("web", web("micro", ""));
        until(() -> running("micro").size() == 4);
        suffer(false, 700);
        fleet("web", web("micro", ", restart: {number: 1, wave: '1'}"));
        int down = 0;
        for (int step = 0; step < STEPS_MAX && !isRestarted("web"); step++) {
            world.step();
            if (step == 20) {
                world.startRoom();
                HOSTS.forEach(world::attend);
            }
            var up = (int) world.running().keySet().stream().filter(this::isUp).count();
            down = Math.max(down, 4 - up);
        }
        assertThat(down).as("down at a time").isEqualTo(1);
        assertThat(isRestarted("web")).isTrue();
        assertThat(world.instances()).hasSize(4).allMatch(each -> each.spec().reboots() == 1);
    }

    private boolean isUp(java.util.UUID guest) {
        return world.hypervisors.values().stream()
                .flatMap(host -> World.observe(host).stream())
                .anyMatch(seen ->
                        seen.uid().equals(guest) && seen.state() == regie.agent.contract.GuestSeen.State.RUNNING);
    }

    private boolean isRestarted(String name) {
        return world.fleet(name)
                .status()
                .restart()
                .filter(it -> it.state() == RestartStatus.State.DONE)
                .isPresent();
    }

    @Test
    void fleetsOfOneRunAreRestartedOneAfterAnother() {
        fleet("web", web("micro", ""));
        fleet("app", web("micro", ""));
        until(() -> running("micro").size() == 8);
        suffer(false, 300);
        fleet("app", web("micro", ", restart: {number: 1, wave: '50%', run: r1, after: web}"));
        world.steps(20);
        assertThat(world.fleet("app").status().holds().getFirst().code()).isEqualTo("restart-waits");
        fleet("web", web("micro", ", restart: {number: 1, wave: '50%', run: r1}"));
        var order = new ArrayList<String>();
        for (int step = 0; step < STEPS_MAX && order.size() < 2; step++) {
            world.step();
            for (var name : List.of("web", "app")) if (isRestarted(name) && !order.contains(name)) order.add(name);
            if (order.isEmpty())
                assertThat(world.instances())
                        .filteredOn(each -> each.name().startsWith("app"))
                        .allMatch(each -> each.spec().reboots() == 0);
        }
        assertThat(order).containsExactly("web", "app");
    }

    @Test
    void restartThatIsCancelledEndsWhereItIs() {
        fleet("web", web("micro", ""));
        until(() -> running("micro").size() == 4);
        suffer(false, 3_000);
        fleet("web", web("micro", ", restart: {number: 1, wave: '1'}"));
        world.steps(5);
        fleet("web", web("micro", ", restart: {number: 1, wave: '1', cancelled: true}"));
        until(() -> running("micro").size() == 4 && !world.fleet("web").status().underWay());
        world.steps(50);
        assertThat(world.instances())
                .filteredOn(each -> each.spec().reboots() == 1)
                .hasSize(1);
    }

    @Test
    void memberThatDoesNotServeIsReplacedThoughItRuns() {
        fleet("web", web("micro", ", health: {tcp: {port: 80}, failures: 2, graceSeconds: 0}"));
        until(() -> running("micro").size() == 4);
        world.steps(20);
        var sick = world.instance("web-2");
        world.hearing.deaf.add(sick.status().address().orElseThrow());
        until(() -> world.instances().stream().noneMatch(each -> each.uid().equals(sick.uid())));
        until(() -> running("micro").size() == 4);
        world.steps(30);
        assertThat(world.instances())
                .as("the others stay")
                .hasSize(4)
                .extracting(Declared::name)
                .contains("web-1", "web-3", "web-4");
    }

    @Test
    void templateThatRunsAndDoesNotServeIsRolledBack() {
        var health = ", breaker: {failures: 2}, health: {http: {path: /ready}, failures: 2, graceSeconds: 0}";
        fleet("web", web("micro", health));
        until(() -> world.fleet("web")
                .status()
                .revision()
                .flatMap(RevisionStatus::proven)
                .isPresent());
        world.instances()
                .forEach(
                        each -> world.hearing.served.add(each.status().address().orElseThrow()));
        world.hearing.onlyServed = true;
        fleet("web", web("macro", health));
        until(() -> holds().contains("rolled-back"));
        world.hearing.onlyServed = false;
        until(() -> running("micro").size() == 4 && world.instances().size() == 4);
        assertThat(running("macro")).isEmpty();
    }

    @Test
    void whereTheRoomLosesTheWayToAllNobodyIsReplaced() {
        fleet("web", web("micro", ", health: {tcp: {port: 80}, failures: 2, graceSeconds: 0}"));
        until(() -> world.fleet("web")
                .status()
                .revision()
                .flatMap(RevisionStatus::proven)
                .isPresent());
        var before = world.instances().stream().map(Declared::uid).toList();
        world.hearing.onlyServed = true;
        until(() -> holds().contains("probes-doubted"));
        world.steps(50);
        assertThat(world.instances()).extracting(Declared::uid).isEqualTo(before);
        world.hearing.onlyServed = false;
        until(() -> holds().isEmpty());
        assertThat(world.instances()).extracting(Declared::uid).isEqualTo(before);
    }

    /** Everybody but {@code silent} says that it lives. */
    private void speak(String silent) {
        world.instances().stream()
                .filter(each -> !each.name().equals(silent))
                .forEach(each -> world.database.change(
                        Actor.ROOM, tx -> HeartbeatLedger.heard(tx, each.owner().orElseThrow(), each.uid())));
    }

    @Test
    void memberThatIsNotHeardAnyMoreIsReplacedAndAnAbsenceOfTheRoomHarmsNobody() {
        fleet("web", web("micro", ", health: {heartbeat: {withinSeconds: 2}, graceSeconds: 0}"));
        until(() -> {
            speak("");
            return running("micro").size() == 4 && served().size() == 4;
        });
        long changes = logged();
        for (int post = 0; post < 50; post++) speak("");
        assertThat(logged()).as("heartbeats are no changes").isEqualTo(changes);

        var before = world.instances().stream().map(Declared::uid).toList();
        world.database.change(Actor.ROOM, tx -> {
            tx.change(
                    "update compute.listening set until_at = until_at - interval '1 hour', since = since - interval '1 hour'");
            tx.change("update compute.heartbeat set heard_at = heard_at - interval '1 hour'");
        });
        world.steps(5);
        assertThat(world.instances())
                .as("the room was away for an hour, and has just begun to listen")
                .extracting(Declared::uid)
                .isEqualTo(before);

        var silent = world.instance("web-2").uid();
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (world.instances().stream().anyMatch(each -> each.uid().equals(silent))) {
            assertThat(System.nanoTime()).as(world.story()).isLessThan(deadline);
            speak("web-2");
            world.step();
        }
        until(() -> {
            speak("");
            return running("micro").size() == 4;
        });
        assertThat(world.instances()).extracting(Declared::name).contains("web-1", "web-3", "web-4");
    }

    @Test
    void fleetIsAsLargeAsItsMetricAsks() {
        fleet(
                "web",
                "count: 2, minimum: 1, maximum: 5, template: {flavor: small, image: micro},"
                        + " size: {metric: {name: rps, target: 100, stabilizationSeconds: 0}}");
        until(() -> running("micro").size() == 2);
        assertThat(holds()).containsExactly("metric-missing");
        post("another", 900);
        world.steps(10);
        assertThat(running("micro")).hasSize(2);
        post("rps", 190);
        until(() -> running("micro").size() == 4 && holds().isEmpty());
        post("rps", 25);
        until(() -> world.instances().size() == 1);
        world.deleteFleet("web");
        until(() -> !world.hasFleet("web"));
        List<UUID> left =
                world.database.read(tx -> tx.query("select fleet from compute.metric", row -> row.uuid("fleet")));
        assertThat(left).isEmpty();
    }

    private void post(String metric, double value) {
        var fleet = world.fleet("web");
        int wanted = fleet.status().wanted().orElseThrow();
        world.database.change(
                Actor.ROOM,
                tx -> MetricLedger.add(
                        tx, fleet.uid(), metric, value, wanted, fleet.status().running()));
    }

    private List<UUID> served() {
        return world.database.read(
                tx -> tx.query("select instance from compute.health where healthy", row -> row.uuid("instance")));
    }

    private long logged() {
        return world.database
                .read(tx -> tx.first("select count(*) as n from kernel.log", row -> row.number("n")))
                .orElseThrow();
    }
}
