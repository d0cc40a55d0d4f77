package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.continuity.MaintenanceStatus.Outcome;
import regie.continuity.MaintenanceStatus.Phase;
import regie.engine.simulated.Faults;
import regie.estate.ServerSpec.State;
import regie.kernel.Action.Nothing;
import regie.kernel.Refused;
import regie.testing.Database;

/** Servers are emptied, worked on and given back, and nothing that runs on them goes down for it: on simulated hosts, in virtual time. */
class MaintenanceLifeTest {
    private MaintenanceWorld world;

    @BeforeEach
    void threeServersWithFourMachines(@Database(Ground.Rooms.class) DataSource source) {
        world = new MaintenanceWorld(source, 1);
        world.apply("""
                {kind: Site, name: a, spec: {country: FR, city: Paris}}
                ---
                {kind: Feed, name: f1, spec: {site: a, capacityWatts: 10000}}
                ---
                {kind: Feed, name: f2, spec: {site: a, capacityWatts: 10000}}
                ---
                kind: Network
                name: a
                spec: {site: a, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.40}}
                ---
                {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                ---
                {kind: Flavor, name: large, spec: {vcpus: 4, memoryMiB: 512, diskGiB: 1}}
                ---
                {kind: Image, name: micro, spec: {boot: kernel}}
                """);
        server("a1", "{feed: f1, watts: 100}");
        server("a2", "{feed: f1, watts: 100}, {feed: f2, watts: 100}");
        server("a3", "{feed: f2, watts: 100}");
        world.imageIsReady("micro");
        world.steps(1);
        world.attend("a1");
        for (int at = 1; at <= 4; at++) machine("vm-" + at, "flavor: small, image: micro");
        world.steps(5);
        world.attend("a2");
        world.attend("a3");
        world.steps(2);
        assertThat(world.running().toString()).isEqualTo("{a1=[vm-1, vm-2, vm-3, vm-4]}");
    }

    @Test
    void serverIsEmptiedWorkedOnAndGivenBack() {
        maintain("scope: {server: a1}");
        until(() -> stage("a1") == MaintenanceStage.WORKING);
        assertThat(world.state("a1")).isEqualTo(State.DRAINING);
        assertThat(world.running()).doesNotContainKey("a1");
        world.steps(1);
        assertThat(holds()).contains("a1 is empty and waits for the work; when that is done: regie maintenance done");
        world.powerOff("a1");
        world.steps(80);
        world.powerOn("a1");
        world.act("m", "done", new MaintenanceActions.Done(Optional.empty()));
        until(() -> status().phase() == Phase.DONE);
        assertThat(world.state("a1")).isEqualTo(State.SCHEDULABLE);
        assertThat(status().machines()).hasSize(4).allSatisfy(machine -> {
            assertThat(machine.outcome()).isEqualTo(Outcome.MOVED);
            assertThat(machine.from()).isEqualTo("a1");
            assertThat(machine.seconds()).isPresent();
            assertThat(machine.downtimeMillis()).isPresent();
        });
        assertThat(status().longestDowntimeMillis()).isPresent();
        assertThat(status().finished()).isEqualTo(1);
    }

    @Test
    void wholeSiteIsRolledThroughOneServerAtATime() {
        maintain("scope: {site: a}, work: nothing");
        until(() -> status().phase() == Phase.DONE);
        assertThat(status().hosts()).extracting(MaintenanceStatus.Server::stage).containsOnly(MaintenanceStage.DONE);
        assertThat(world.running().values().stream().mapToInt(List::size).sum()).isEqualTo(4);
        assertThat(status().machines().size()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void serverThatDoesNotComeBackStopsTheOthersUntilSomebodySaysSo() {
        maintain("scope: {site: a}, verifySeconds: 20");
        until(() -> stage("a1") == MaintenanceStage.WORKING);
        world.powerOff("a1");
        world.act("m", "done", new MaintenanceActions.Done(Optional.of("a1")));
        until(() -> status().phase() == Phase.STOPPED);
        world.steps(50);
        assertThat(stage("a2")).isEqualTo(MaintenanceStage.PENDING);
        assertThat(holds())
                .contains(
                        "a1 did not come back: 20 seconds after the work its agent is not heard. Nothing else is taken out.");
        world.powerOn("a1");
        world.steps(100);
        assertThat(stage("a1")).isEqualTo(MaintenanceStage.FAILED);
        world.act("m", "resume", new Nothing());
        until(() -> stage("a1") == MaintenanceStage.DONE);
        until(() -> stage("a2") == MaintenanceStage.WORKING);
    }

    @Test
    void siteIsBootedAnewOneServerAtATimeWhileTheRoomIsKilledAgainAndAgain() {
        wired("a2");
        var boots = boots();
        maintain("scope: {site: a}, work: reboot, verifySeconds: 60");
        for (int step = 0; step < 300 && status().phase() != Phase.DONE; step++) {
            world.step(500);
            if (step % 8 == 7) world.startRoom();
        }
        assertThat(status().phase()).isEqualTo(Phase.DONE);
        assertThat(world.cycled).as("by its controller").containsExactly("a2");
        boots.forEach((host, boot) ->
                assertThat(world.hypervisor(host).boots()).as(host).isEqualTo(boot + 1));
        assertThat(world.running().values().stream().mapToInt(List::size).sum()).isEqualTo(4);
    }

    @Test
    void roomThatDiesBeforeItTellsTheControllerTellsItOnceAndNotBeforeItCanBeSure() {
        wired("a3");
        world.diesBeforeTelling = true;
        maintain("scope: {server: a3}, work: reboot, verifySeconds: 300");
        until(() -> stage("a3") == MaintenanceStage.WORKING);
        world.diesBeforeTelling = false;
        world.startRoom();
        for (int second = 0; second < 70; second++) world.step(1_000);
        assertThat(world.cycled).as("the word may still be on its way").isEmpty();
        until(() -> status().phase() == Phase.DONE);
        assertThat(world.cycled).containsExactly("a3");
        assertThat(world.hypervisor("a3").boots()).isEqualTo(2);
    }

    @Test
    void serverThatStaysDownAfterItWasToldToBootAnewStopsTheOthers() {
        world.hypervisor("a1").suffer(Faults.NONE.reboots(Faults.Reboots.STAY_DOWN));
        maintain("scope: {site: a}, work: reboot, verifySeconds: 20");
        until(() -> status().phase() == Phase.STOPPED);
        world.steps(50);
        assertThat(holds()).contains("a1 did not come back: 20 seconds after it was told to boot anew it is not heard");
        assertThat(stage("a2")).isEqualTo(MaintenanceStage.PENDING);
        world.hypervisor("a1").suffer(Faults.NONE);
        world.powerOn("a1");
        world.act("m", "resume", new Nothing());
        until(() -> stage("a1") == MaintenanceStage.DONE);
        assertThat(world.hypervisor("a1").boots()).isEqualTo(2);
    }

    private Map<String, Integer> boots() {
        var boots = new TreeMap<String, Integer>();
        for (var host : List.of("a1", "a2", "a3"))
            boots.put(host, world.hypervisor(host).boots());
        return boots;
    }

    private void wired(String name) {
        world.apply("""
                kind: Server
                name: %s
                spec:
                  site: a
                  hypervisor: simulated
                  numa: [{threads: 4, memoryMiB: 4096}]
                  disks: [{name: d, sizeGiB: 40}]
                  bmc: {address: 10.9.9.9}
                """.formatted(name));
        world.steps(2);
    }

    @Test
    void whatCouldNotMoveStopsItAndSaysWhich() {
        machine("big-1", "flavor: large, image: micro");
        world.steps(10);
        machine("big-2", "flavor: large, image: micro, power: on");
        world.steps(10);
        var host = world.instances().stream()
                .filter(it -> it.name().equals("big-1"))
                .findFirst()
                .flatMap(it -> it.status().host())
                .orElseThrow();
        var forecast = world.forecast(MaintenanceSpec.of(MaintenanceSpec.Scope.ofServer(host)));
        assertThat(forecast.refused()).isEqualTo(1);
        assertThat(forecast.servers().getFirst().stays())
                .extracting(MaintenanceForecast.Staying::instance)
                .containsExactly("default/big-1");
        maintain("scope: {server: %s}".formatted(host));
        world.steps(5);
        assertThat(stage(host)).isEqualTo(MaintenanceStage.PENDING);
        assertThat(holds()).contains(host + " stays in: default/big-1 can't be moved: of 3 hosts: ");
        maintain("scope: {server: %s}, stopWhatCannotMove: true".formatted(host));
        until(() -> stage(host) == MaintenanceStage.WORKING, 600);
        world.act("m", "done", new MaintenanceActions.Done(Optional.empty()));
        until(() -> status().phase() == Phase.DONE);
        until(() -> world.running().getOrDefault(host, List.of()).contains("big-1"));
    }

    @Test
    void promiseThatWouldBreakKeepsAServerIn() {
        machine("sure", "flavor: large, image: micro, placement: {survives: [host]}");
        world.steps(10);
        var host = world.instances().stream()
                .filter(it -> it.name().equals("sure"))
                .findFirst()
                .flatMap(it -> it.status().host())
                .orElseThrow();
        var other = host.equals("a2") ? "a3" : "a2";
        assertThat(world.forecast(MaintenanceSpec.of(MaintenanceSpec.Scope.ofServer(other)))
                        .servers()
                        .getFirst()
                        .broken())
                .containsExactly("default/sure would not survive losing host " + host);
        maintain("scope: {server: %s}".formatted(other));
        world.steps(5);
        assertThat(holds()).contains("default/sure would not survive losing host " + host);
        assertThat(world.state(other)).isEqualTo(State.SCHEDULABLE);
    }

    @Test
    void feedTakesOutAllThatHangOnItAloneAndNoOther() {
        var forecast = world.forecast(MaintenanceSpec.of(MaintenanceSpec.Scope.ofFeed("f1")));
        assertThat(forecast.servers())
                .extracting(MaintenanceForecast.Server::name)
                .containsExactly("a1");
        assertThat(forecast.staying()).containsExactly("a2");
        maintain("scope: {feed: f1}");
        until(() -> stage("a1") == MaintenanceStage.WORKING);
        assertThat(world.state("a2")).isEqualTo(State.SCHEDULABLE);
    }

    @Test
    void cancelledMaintenanceGivesBackWhatNobodyWorksOn() {
        maintain("scope: {site: a}");
        until(() -> stage("a1") == MaintenanceStage.DRAINING);
        world.act("m", "cancel", new Nothing());
        until(() -> status().phase() == Phase.CANCELLED);
        assertThat(world.state("a1")).isEqualTo(State.SCHEDULABLE);
        assertThatThrownBy(() -> world.act("m", "pause", new Nothing())).isInstanceOf(Refused.class);
    }

    @Test
    void cordonedServerIsCordonedAgainAfterwards() {
        world.apply("""
                kind: Server
                name: a3
                spec: {site: a, state: cordoned, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}
                """);
        maintain("scope: {server: a3}, work: nothing");
        until(() -> status().phase() == Phase.DONE);
        assertThat(world.state("a3")).isEqualTo(State.CORDONED);
    }

    @Test
    void silentServerNearbyHoldsAllUpUntilItIsCordoned() {
        world.powerOff("a3");
        world.steps(80);
        maintain("scope: {server: a1}");
        world.steps(10);
        assertThat(holds()).contains("a3 is not heard: nobody is taken out");
        assertThat(stage("a1")).isEqualTo(MaintenanceStage.PENDING);
    }

    private void server(String name, String supplies) {
        world.apply("""
                kind: Server
                name: %s
                spec:
                  site: a
                  hypervisor: simulated
                  numa: [{threads: 4, memoryMiB: 4096}]
                  disks: [{name: d, sizeGiB: 40}]
                  powerSupplies: [%s]
                """.formatted(name, supplies));
    }

    private void machine(String name, String spec) {
        world.apply("{kind: Instance, name: %s, spec: {%s}}".formatted(name, spec));
    }

    private void maintain(String spec) {
        world.apply("{kind: Maintenance, name: m, spec: {%s}}".formatted(spec));
    }

    private MaintenanceStatus status() {
        return world.maintenance("m").status();
    }

    private String holds() {
        return status().holds().toString();
    }

    private MaintenanceStage stage(String host) {
        return status().hosts().stream()
                .filter(it -> it.name().equals(host))
                .map(MaintenanceStatus.Server::stage)
                .findFirst()
                .orElse(MaintenanceStage.PENDING);
    }

    private void until(BooleanSupplier condition) {
        until(condition, 400);
    }

    private void until(BooleanSupplier condition, int most) {
        for (int step = 0; step < most; step++) {
            if (condition.getAsBoolean()) return;
            world.step(100);
        }
        assertThat(status().toString() + world.running()).isEqualTo("as awaited");
    }
}
