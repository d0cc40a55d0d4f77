package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.compute.InstanceSpec;
import regie.compute.InstanceStatus;
import regie.compute.InstanceStatus.Stage;
import regie.continuity.StormSpec.Decision;
import regie.estate.ServerStatus.Presence;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.testing.Database;

/** From a host that falls silent to its machine elsewhere, with loops, clocks and a database as in the product. */
class VerdictLoopTest {
    private static final Claim ROOM = new Claim(4, 4096, 40);
    private static final VerdictSettings SETTINGS = new VerdictSettings(10, 3, Duration.ofMillis(300));

    private RunningRoom room;

    @BeforeEach
    void open(@Database(Ground.Rooms.class) DataSource source) throws InterruptedException {
        room = new RunningRoom(source, SETTINGS);
        room.apply("""
                {kind: Site, name: par1, spec: {country: FR, city: Paris}}
                ---
                kind: Server
                name: par1-h[1-5]
                spec: {site: par1, hypervisor: simulated, bmc: {address: 127.0.0.1}, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: d, sizeGiB: 40}]}
                ---
                kind: Network
                name: par1
                spec: {site: par1, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.99}}
                ---
                {kind: Flavor, name: small, spec: {vcpus: 1, memoryMiB: 512, diskGiB: 1}}
                ---
                {kind: Image, name: micro, spec: {boot: kernel}}
                """);
        room.imageIsReady("micro");
        room.await("servers are hosts", () -> room.hosts() == 5);
        IntStream.rangeClosed(1, 5).forEach(at -> room.attend("par1-h" + at, ROOM));
        room.await("hosts are up", () -> IntStream.rangeClosed(1, 5).allMatch(at -> is("par1-h" + at, Presence.UP)));
        room.apply("{kind: Instance, name: db, spec: {flavor: small, image: micro, recovery: {otherwise: rebuild}}}");
        room.await("db runs", () -> stage() == Stage.RUNNING);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private boolean is(String server, Presence presence) {
        return room.server(server).status().presence() == presence;
    }

    private Stage stage() {
        return room.instance("db").status().stage();
    }

    private String host() {
        return room.instance("db").status().host().orElseThrow();
    }

    /** It is in best health but for its line: only the cut makes it safe to start the machine elsewhere. */
    @Test
    void whoIsOnlyCutOffIsSwitchedOffBeforeItsMachineStartsElsewhere() throws InterruptedException {
        var former = host();
        room.cutOff(former);
        room.await("db runs elsewhere", () -> stage() == Stage.RUNNING && !host().equals(former));
        assertThat(room.hypervisors.get(former))
                .satisfies(it -> assertThat(it.dead()).isTrue());
        room.await("it is shown", () -> is(former, Presence.DEAD));
        List<DeathsAnswer.Verdict> verdicts = room.database.read(tx -> VerdictLedger.newest(tx, 10));
        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.outcome()).contains("dead");
            assertThat(verdict.toldOff()).isPresent();
            assertThat(verdict.proof()).contains("told to cut its power");
        });
    }

    @Test
    void whoHasNoPowerIsDeadByItsControllersWord() throws InterruptedException {
        var former = host();
        room.hypervisor(former).crash();
        room.cutOff(former);
        room.await("db runs elsewhere", () -> stage() == Stage.RUNNING && !host().equals(former));
        List<DeathsAnswer.Verdict> verdicts = room.database.read(tx -> VerdictLedger.newest(tx, 10));
        assertThat(verdicts)
                .singleElement()
                .satisfies(
                        verdict -> assertThat(verdict.proof()).isEqualTo("its controller says that its power is off"));
    }

    @Test
    void aControllerOfNoHelpIsShownAndNothingIsLost() throws InterruptedException {
        var former = host();
        room.controllers.fails(former, "the password is wrong");
        room.cutOff(former);
        room.await(
                "it is told why",
                () -> room.server(former).status().holds().stream()
                        .anyMatch(hold -> hold.detail().contains("the password is wrong")));
        assertThat(is(former, Presence.SUSPECT)).isTrue();
        assertThat(host()).isEqualTo(former);
        room.attend(former, ROOM);
        room.await("it is as before", () -> room.server(former).status().holds().isEmpty() && is(former, Presence.UP));
        assertThat(stage()).isEqualTo(Stage.RUNNING);
        assertThat(host()).isEqualTo(former);
    }

    @Test
    void whenMostAreMissingNothingIsFencedUntilSomebodyDecides() throws InterruptedException {
        var former = host();
        IntStream.rangeClosed(1, 5).mapToObj(at -> "par1-h" + at).forEach(room::cutOff);
        room.await("a storm", () -> !room.storms().isEmpty());
        room.await(
                "all are held",
                () -> IntStream.rangeClosed(1, 5)
                        .allMatch(at -> room.server("par1-h" + at).status().holds().stream()
                                .anyMatch(hold -> hold.detail().contains("regie storm release"))));
        assertThat(room.storms()).as("one event").hasSize(1);
        assertThat(room.hypervisors.values()).noneMatch(host -> host.dead());
        IntStream.rangeClosed(1, 5)
                .mapToObj(at -> "par1-h" + at)
                .filter(name -> !name.equals(former))
                .forEach(name -> room.attend(name, ROOM));
        room.await("over", () -> room.storms().getFirst().status().over().isPresent());
        room.await("the one that is left", () -> stage() == Stage.RUNNING && !host().equals(former));
    }

    @Test
    void aStormThatIsReleasedIsFenced() throws InterruptedException {
        IntStream.rangeClosed(1, 3).mapToObj(at -> "par1-h" + at).forEach(room::cutOff);
        room.await("a storm", () -> !room.storms().isEmpty());
        room.decide(Decision.RELEASED);
        room.await(
                "all three are dead",
                () -> IntStream.rangeClosed(1, 3).allMatch(at -> is("par1-h" + at, Presence.DEAD)));
        room.await("over", () -> room.storms().getFirst().status().over().isPresent());
        assertThat(room.storms()).as("no other storm").hasSize(1);
    }

    @Test
    void severalServersOfTheRoomCutAPowerOnce() throws InterruptedException {
        room.judgesToo();
        room.judgesToo();
        var former = host();
        room.cutOff(former);
        room.await("db runs elsewhere", () -> stage() == Stage.RUNNING && !host().equals(former));
        assertThat(room.controllers.cuts).isEqualTo(Map.of(former, 1));
        List<DeathsAnswer.Verdict> verdicts = room.database.read(tx -> VerdictLedger.newest(tx, 10));
        assertThat(verdicts).hasSize(1);
    }

    /** Killed between the writing of what it was about to do and the doing of it. */
    @Test
    void whatWasWrittenDownAndNotDoneIsDoneByWhoeverComesNext() throws InterruptedException {
        room.verdictsEnd();
        var former = host();
        room.cutOff(former);
        room.await("it is silent", () -> is(former, Presence.SILENT));
        try (var living = room.verdicts(Clock.SYSTEM)) {
            room.await("its power is to be cut next", () -> {
                living.pass();
                return room.database.read(VerdictLedger::open).stream()
                        .anyMatch(verdict -> verdict.condemned().isPresent());
            });
        }
        var dying = room.verdicts(Clock.SYSTEM);
        dying.close();
        assertThatThrownBy(dying::pass).isInstanceOf(RejectedExecutionException.class);
        List<Verdict> open = room.database.read(VerdictLedger::open);
        assertThat(open)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.offs()).isEqualTo(1));
        assertThat(room.controllers.cuts).isEmpty();
        try (var next = room.verdicts(later(Duration.ofSeconds(PowerSwitch.SECONDS_MAX + 10)))) {
            room.await("db runs elsewhere", () -> {
                next.pass();
                return stage() == Stage.RUNNING && !host().equals(former);
            });
        }
        assertThat(room.controllers.cuts).isEqualTo(Map.of(former, 1));
    }

    /** An answer that is still to come is waited for that long. */
    private static Clock later(Duration by) {
        return new Clock() {
            @Override
            public Instant now() {
                return Clock.SYSTEM.now().plus(by);
            }

            @Override
            public long nanos() {
                return Clock.SYSTEM.nanos();
            }
        };
    }

    @Test
    void membersAreReplacedBeforeThereIsProofAndGoOnWhereTheirHostIsHeardAgain() throws InterruptedException {
        room.apply("{kind: Fleet, name: web, spec: {count: 4, template: {flavor: small, image: micro}}}");
        room.await("four run", () -> running(_ -> true) == 4);
        var former = members().getFirst().status().host().orElseThrow();
        var there = members().stream()
                .filter(member -> member.status().host().equals(Optional.of(former)))
                .map(Declared::uid)
                .toList();
        room.controllers.fails(former, "no route to it");
        room.cutOff(former);
        room.await("four run elsewhere", () -> running(host -> !host.equals(former)) == 4);
        assertThat(is(former, Presence.DEAD)).isFalse();
        assertThat(members()).as("those in doubt count").hasSize(4 + there.size());
        room.attend(former, ROOM);
        room.await("four are left", () -> members().size() == 4 && running(_ -> true) == 4);
        assertThat(members().stream().map(Declared::uid)).containsAll(there);
    }

    private List<Declared<InstanceSpec, InstanceStatus>> members() {
        return room.instances().stream()
                .filter(member -> member.name().startsWith("web-"))
                .toList();
    }

    private long running(Predicate<String> host) {
        return members().stream()
                .map(Declared::status)
                .filter(status -> status.stage() == Stage.RUNNING)
                .filter(status -> status.host().filter(host).isPresent())
                .count();
    }
}
