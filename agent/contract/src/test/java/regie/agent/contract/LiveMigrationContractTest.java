package regie.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Guest.Power;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.HandoverSeen.Stage;

/**
 * What every engine that moves guests promises: a guest runs on one of two hosts and never on both, whoever is told what in
 * which order. An engine subclasses this and says how to get two hosts that reach each other.
 */
public abstract class LiveMigrationContractTest {
    protected static final String SOURCE = "par1-h01";
    protected static final String TARGET = "par1-h02";
    protected static final Claim ROOM = new Claim(4, 2048, 20);

    private final UUID uid = UUID.randomUUID();
    private final Object changed = new Object();
    private Hypervisor source;
    private Hypervisor target;

    /** Hosts named {@link #SOURCE} and {@link #TARGET} that can give {@link #ROOM} each, in this order; they have taken no wish. */
    protected abstract List<Hypervisor> start() throws Exception;

    /** The smallest machine that boots on this engine. */
    protected abstract Guest.Machine machine();

    /** How long a guest of this engine may take to boot or to move. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @BeforeEach
    void startHosts() throws Exception {
        var hosts = start();
        source = hosts.getFirst();
        target = hosts.getLast();
        for (var host : hosts) {
            host.onChange(() -> {
                synchronized (changed) {
                    changed.notifyAll();
                }
            });
        }
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        source.apply(new Wish(SOURCE, Long.MAX_VALUE, List.of()));
        target.apply(new Wish(TARGET, Long.MAX_VALUE, List.of()));
        source.close();
        target.close();
    }

    @Test
    void bothSayThatTheyMoveGuests() throws Exception {
        assertThat(source.liveMigration()).isPresent();
        assertThat(source.observe().movesGuests()).isTrue();
        assertThat(target.observe().movesGuests()).isTrue();
    }

    @Test
    void runningGuestChangesItsHostAndRunsOnceAllTheWhile() throws Exception {
        runAtSource();
        var ticket = prepare(1);
        source.apply(wish(SOURCE, 2, guest(1).with(Optional.of(Handover.departsTo(TARGET, 1, ticket)))));
        var departed = await(source, seen -> at(seen, Stage.DEPARTED));
        assertThat(departed.state()).isEqualTo(State.STOPPED);
        assertThat(departed.handover().orElseThrow().attempt()).isEqualTo(1);
        var arrived = await(target, seen -> running(seen));
        assertThat(arrived.epoch()).isEqualTo(2);
        assertThat(arrived.at(Stage.ARRIVED)).isTrue();
        settle();
    }

    @Test
    void guestThatGoesIsNotStartedByItsFormerHostAgain() throws Exception {
        runAtSource();
        var ticket = prepare(1);
        source.apply(wish(SOURCE, 2, guest(1).with(Optional.of(Handover.departsTo(TARGET, 1, ticket)))));
        await(source, seen -> at(seen, Stage.DEPARTED));
        source.apply(wish(SOURCE, 3, guest(1)));
        assertThat(find(source).orElseThrow().at(Stage.DEPARTED)).isTrue();
        await(target, seen -> running(seen));
        assertThat(find(source).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void awaitedGuestIsNotStarted() throws Exception {
        runAtSource();
        prepare(1);
        target.apply(wish(TARGET, 2, arriving(1)));
        var seen = find(target).orElseThrow();
        assertThat(seen.state()).isEqualTo(State.STOPPED);
        assertThat(seen.at(Stage.READY)).isTrue();
        assertThat(running(find(source))).isTrue();
    }

    @Test
    void guestThatNobodyAwaitsStaysAndRunsOn() throws Exception {
        runAtSource();
        var ticket = prepare(1);
        target.apply(wish(TARGET, 2));
        await(target, Optional::isEmpty);
        source.apply(wish(SOURCE, 2, guest(1).with(Optional.of(Handover.departsTo(TARGET, 1, ticket)))));
        var stayed = await(source, seen -> at(seen, Stage.FAILED));
        assertThat(stayed.state()).isEqualTo(State.RUNNING);
        assertThat(stayed.handover().orElseThrow().detail()).isNotBlank();
        source.apply(wish(SOURCE, 3, guest(1)));
        await(source, seen -> running(seen) && seen.orElseThrow().handover().isEmpty());
    }

    @Test
    void guestThatIsToldToStayIsNotHandedOver() throws Exception {
        runAtSource();
        prepare(1);
        source.apply(wish(SOURCE, 2, guest(1).with(Optional.of(Handover.staysFrom(TARGET, 1)))));
        var seen = await(source, found -> running(found));
        assertThat(seen.at(Stage.UNDER_WAY)).isFalse();
        assertThat(find(target).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void guestMovesInASecondAttempt() throws Exception {
        runAtSource();
        source.apply(wish(SOURCE, 2, guest(1).with(Optional.of(Handover.departsTo("nobody", 1, "")))));
        await(source, seen -> at(seen, Stage.FAILED));
        var ticket = prepare(2);
        source.apply(wish(SOURCE, 3, guest(1).with(Optional.of(Handover.departsTo(TARGET, 2, ticket)))));
        await(source, seen -> at(seen, Stage.DEPARTED));
        await(target, seen -> running(seen));
        settle();
    }

    private void runAtSource() throws Exception {
        source.apply(wish(SOURCE, 1, guest(1)));
        await(source, seen -> running(seen));
    }

    private String prepare(long attempt) throws Exception {
        target.apply(wish(TARGET, 1, arriving(attempt)));
        var ready = await(target, seen -> at(seen, Stage.READY));
        assertThat(ready.handover().orElseThrow().attempt()).isEqualTo(attempt);
        return ready.handover().orElseThrow().ticket();
    }

    /** As the room ends it: the target has the guest for good, the source is to forget it. */
    private void settle() throws Exception {
        target.apply(wish(TARGET, 9, guest(2)));
        source.apply(wish(SOURCE, 9));
        await(source, Optional::isEmpty);
        assertThat(await(target, seen -> running(seen)).epoch()).isEqualTo(2);
    }

    private Guest arriving(long attempt) {
        return guest(2).with(Optional.of(Handover.arrivesFrom(SOURCE, attempt)));
    }

    private Guest guest(long epoch) {
        return new Guest(uid, "web-1", epoch, Power.ON, 0, 0, machine());
    }

    private static Wish wish(String host, long generation, Guest... guests) {
        return new Wish(host, generation, List.of(guests));
    }

    private static boolean running(Optional<GuestSeen> seen) {
        return seen.filter(guest -> guest.state() == State.RUNNING).isPresent();
    }

    private static boolean at(Optional<GuestSeen> seen, Stage stage) {
        return seen.filter(guest -> guest.at(stage)).isPresent();
    }

    private Optional<GuestSeen> find(Hypervisor host) throws Exception {
        return host.observe().guests().stream()
                .filter(guest -> guest.uid().equals(uid))
                .findFirst();
    }

    /** Looks each time a host says that something changed, and now and then besides; each look proves that it runs once at most. */
    private GuestSeen await(Hypervisor host, Predicate<Optional<GuestSeen>> wanted) throws Exception {
        long end = System.nanoTime() + patience().toNanos();
        while (true) {
            var seen = find(host);
            // The one it comes to is asked first: it may leave the other between the two questions, but never come
            // back.
            boolean comesThere = running(find(target));
            assertThat(comesThere && running(find(source))).as("runs on both").isFalse();
            if (wanted.test(seen)) return seen.orElse(new GuestSeen(uid, 0, State.STOPPED, 0, 0, ""));
            assertThat(System.nanoTime())
                    .as("still %s after %s", seen, patience())
                    .isLessThan(end);
            synchronized (changed) {
                changed.wait(100);
            }
        }
    }
}
