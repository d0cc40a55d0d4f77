package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen;
import regie.agent.contract.HandoverSeen.Stage;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.Wish;

/** What dies while a real guest that answers HTTP is on its way: it runs on one host in the end, with its memory, and never on two. */
class MoveDeathsTest {
    /** Each takes 10 to 30 s where the processors are shared; one of them is in every run of the tests. */
    private static final String DEATHS = "regie.deaths";

    private static final Claim ROOM = new Claim(4, 2048, 20);
    private static final List<String> HOSTS = List.of("par1-h01", "par1-h02");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    @TempDir
    static Path folder;

    private static RealPair pair;
    private static int runs;

    private final UUID uid = UUID.randomUUID();
    private final Hypervisor[] hosts = new Hypervisor[2];
    private Prober prober;
    private int run;

    @BeforeAll
    static void startPair() throws IOException {
        pair = RealPair.start(folder, HOSTS.getFirst(), HOSTS.getLast());
    }

    @AfterAll
    static void stopPair() {
        if (pair != null) pair.close();
    }

    @BeforeEach
    void guestAnswers() throws Exception {
        run = ++runs;
        open(0);
        open(1);
        apply(0, 1, guest(1));
        prober = Prober.start(pair.address());
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        prober.end();
        for (int at = 0; at < hosts.length; at++) {
            apply(at, 1_000);
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (!hosts[at].observe().guests().isEmpty()) pause(end);
            hosts[at].close();
        }
    }

    @Test
    void guestAnswersAllTheWhile() throws Exception {
        prober.awaitAnswers(20);
        prober.forget();
        long begin = System.nanoTime();
        depart();
        var arrived = await(
                1,
                seen -> seen.handover()
                        .filter(it -> it.stage() == Stage.ARRIVED && it.downtimeMillis() >= 0)
                        .isPresent());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        prober.awaitAnswers(20);
        var told = arrived.handover().orElseThrow();
        System.out.printf(
                "moved in %d ms; longest gap seen %d ms; told: %d ms, stood still %d ms%n",
                millis, prober.longestMillis(), told.millis(), told.downtimeMillis());
        assertThat(told.downtimeMillis()).isBetween(1L, prober.longestMillis() + 1_000);
        assertThat(prober.longestMillis()).isLessThan(10_000); // two shared cores, emulated
        assertThat(find(0).orElseThrow().at(Stage.DEPARTED)).isTrue();
    }

    @Test
    @EnabledIfSystemProperty(named = DEATHS, matches = "true")
    void brokenWayLeavesItWhereItIs() throws Exception {
        depart();
        awaitStage(0, Stage.UNDER_WAY);
        pair.cutTunnels();
        runsOnceInTheEnd();
        for (int at = 0; at < 2; at++) reopen(at);
    }

    @Test
    @EnabledIfSystemProperty(named = DEATHS, matches = "true")
    void deathOfTheAgentItLeavesEndsTheMove() throws Exception {
        depart();
        awaitStage(0, Stage.UNDER_WAY);
        reopen(0);
        runsOnceInTheEnd();
    }

    @Test
    @EnabledIfSystemProperty(named = DEATHS, matches = "true")
    void deathOfTheAgentItGoesToEndsTheMove() throws Exception {
        depart();
        awaitStage(0, Stage.UNDER_WAY);
        reopen(1);
        runsOnceInTheEnd();
    }

    @Test
    void deathOfTheLibvirtItLeavesEndsTheMove() throws Exception {
        depart();
        awaitStage(0, Stage.UNDER_WAY);
        pair.restartLibvirt(0);
        runsOnceInTheEnd();
    }

    @Test
    @EnabledIfSystemProperty(named = DEATHS, matches = "true")
    void deathOfTheLibvirtItGoesToEndsTheMove() throws Exception {
        depart();
        awaitStage(0, Stage.UNDER_WAY);
        pair.restartLibvirt(1);
        runsOnceInTheEnd();
    }

    @Test
    @EnabledIfSystemProperty(named = DEATHS, matches = "true")
    void guestThatIsCalledBackStaysOrIsGone() throws Exception {
        depart();
        awaitStage(0, Stage.UNDER_WAY);
        apply(0, 3, guest(1).with(Optional.of(Handover.staysFrom(HOSTS.getLast(), 1))));
        runsOnceInTheEnd();
    }

    private void open(int at) throws IOException {
        hosts[at] = pair.hypervisor(at, folder.resolve("%d-%d".formatted(run, at)), ROOM);
    }

    /** As an agent does that is started anew: it takes up the newest wish. */
    private void reopen(int at) throws Exception {
        hosts[at].close();
        open(at);
        apply(at, newest[at].generation(), newest[at].guests().toArray(Guest[]::new));
    }

    private final Wish[] newest = new Wish[2];

    private void apply(int at, long generation, Guest... guests) throws Exception {
        newest[at] = new Wish(HOSTS.get(at), generation, List.of(guests));
        hosts[at].apply(newest[at]);
    }

    private Guest guest(long epoch) {
        return new Guest(uid, "web-1", epoch, Guest.Power.ON, 0, 0, pair.machine());
    }

    private void depart() throws Exception {
        apply(1, 1, guest(2).with(Optional.of(Handover.arrivesFrom(HOSTS.getFirst(), 1))));
        var ready = await(1, seen -> seen.at(Stage.READY));
        var ticket = ready.handover().map(HandoverSeen::ticket).orElseThrow();
        apply(0, 2, guest(1).with(Optional.of(Handover.departsTo(HOSTS.getLast(), 1, ticket))));
    }

    /** As the room does it: it waits for the word of the host it leaves, and settles it there or here. */
    private void runsOnceInTheEnd() throws Exception {
        var word = await(
                0,
                seen -> seen.at(Stage.DEPARTED)
                        || seen.at(Stage.FAILED)
                        || seen.handover().isEmpty());
        int at = word.at(Stage.DEPARTED) ? 1 : 0;
        System.out.printf("%s: it is on host %d; longest gap %d ms%n", word.handover(), at, prober.longestMillis());
        apply(1 - at, 9);
        apply(at, 9, guest(at + 1));
        await(at, seen -> seen.state() == State.RUNNING);
        assertThat(pair.runs(at, uid)).isTrue();
        prober.awaitAnswers(10);
        assertRunsOnceAtMost();
    }

    private void awaitStage(int at, Stage stage) throws Exception {
        await(at, seen -> seen.at(stage));
    }

    private interface Condition {
        boolean holds(GuestSeen seen);
    }

    private GuestSeen await(int at, Condition wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            var seen = find(at);
            if (seen.isPresent() && wanted.holds(seen.get())) return seen.get();
            assertRunsOnceAtMost();
            if (System.nanoTime() > end) fail("still %s", seen);
            pause(end);
        }
    }

    /** The one it comes to is asked first: it may leave the other between the two questions, but never come back. */
    private void assertRunsOnceAtMost() throws IOException {
        boolean there = pair.runs(1, uid);
        assertThat(there && pair.runs(0, uid))
                .as("its virtual CPUs run on both hosts")
                .isFalse();
    }

    private Optional<GuestSeen> find(int at) throws Exception {
        try {
            return hosts[at].observe().guests().stream()
                    .filter(guest -> guest.uid().equals(uid))
                    .findFirst();
        } catch (regie.agent.contract.EngineFault away) {
            return Optional.empty();
        }
    }

    private static void pause(long end) throws InterruptedException {
        if (System.nanoTime() > end) fail("it took too long");
        TimeUnit.MILLISECONDS.sleep(20);
    }
}
