package regie.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/**
 * What every engine promises, whatever it runs guests on. An engine subclasses this and says how to get a host, what its
 * smallest machine is and how to make a guest die.
 */
public abstract class HypervisorContractTest {
    protected static final String HOST = "par1-h01";
    protected static final Claim ROOM = new Claim(4, 2048, 20);

    private final UUID uid = UUID.randomUUID();
    private final Object changed = new Object();
    private Hypervisor hypervisor;

    /** A host named {@link #HOST} that can give {@link #ROOM} and has taken no wish yet. */
    protected abstract Hypervisor start() throws Exception;

    /** The smallest machine that boots on this engine; it claims at most a quarter of {@link #ROOM}. */
    protected abstract Guest.Machine machine();

    /** Ends the process of a running guest behind the engine's back. */
    protected abstract void kill(Hypervisor hypervisor, UUID guest) throws Exception;

    /** How long a guest of this engine may take to boot or to be seen dead. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @BeforeEach
    void startHost() throws Exception {
        hypervisor = start();
        hypervisor.onChange(() -> {
            synchronized (changed) {
                changed.notifyAll();
            }
        });
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        hypervisor.apply(new Wish(HOST, Long.MAX_VALUE, List.of()));
        hypervisor.close();
    }

    @Test
    void hostThatHeardNothingHasTakenGenerationZeroAndRunsNothing() throws Exception {
        assertThat(hypervisor.observe()).isEqualTo(new Report(HOST, 0, ROOM, List.of()));
    }

    @Test
    void wishedGuestRunsAndTheReportNamesTheGeneration() throws Exception {
        assertThat(apply(7, guest(1, Power.ON)).generation()).isEqualTo(7);
        var seen = await(State.RUNNING);
        assertThat(seen).isEqualTo(new GuestSeen(uid, 1, State.RUNNING, 0, 0, ""));
    }

    @Test
    void sameWishIsTakenAgainAndTheGuestRunsOn() throws Exception {
        apply(1, guest(1, Power.ON));
        var first = await(State.RUNNING);
        apply(1, guest(1, Power.ON));
        assertThat(await(State.RUNNING)).isEqualTo(first);
    }

    @Test
    void guestMissingFromTheWishIsRemoved() throws Exception {
        apply(1, guest(1, Power.ON));
        await(State.RUNNING);
        apply(2);
        await(Optional::isEmpty);
    }

    @Test
    void olderWishIsRefusedAndChangesNothing() throws Exception {
        apply(2, guest(1, Power.ON));
        await(State.RUNNING);
        assertRefused(WishRefused.Reason.STALE, new Wish(HOST, 1, List.of()));
        await(State.RUNNING);
    }

    @Test
    void wishOfAnotherHostIsRefused() throws Exception {
        assertRefused(WishRefused.Reason.OTHER_HOST, new Wish("par1-h02", 1, List.of(guest(1, Power.ON))));
    }

    @Test
    void wishLargerThanTheHostIsRefusedWhole() throws Exception {
        var large = new Guest.Machine(
                new Claim(1, ROOM.memoryMiB() + 1, 1),
                machine().artifacts(),
                "",
                List.of(),
                machine().cloudInit());
        var other = new Guest(UUID.randomUUID(), "large", 1, Power.ON, 0, 0, large);
        assertRefused(WishRefused.Reason.OVERFULL, new Wish(HOST, 1, List.of(guest(1, Power.ON), other)));
        assertThat(hypervisor.observe().generation()).isZero();
    }

    @Test
    void guestWithoutAClaimIsRefusedWithItsWholeWish() throws Exception {
        var inside = machine();
        var unclaimed = new Guest.Machine(
                inside.claim(), Optional.empty(), inside.artifacts(), "", List.of(), inside.cloudInit());
        assertRefused(WishRefused.Reason.UNCLAIMED, wishOf(unclaimed));
        var layout = Layout.onOneNode(
                new Claim(inside.claim().vcpus() + 1, inside.claim().memoryMiB(), 0));
        assertRefused(WishRefused.Reason.UNCLAIMED, wishOf(inside.with(inside.claim(), layout)));
        assertRefused(
                WishRefused.Reason.UNCLAIMED, wishOf(inside.with(Claim.NOTHING, Layout.onOneNode(Claim.NOTHING))));
        assertThat(hypervisor.observe().generation()).isZero();
    }

    @Test
    void claimBeyondWhatANodeHasIsRefused() throws Exception {
        assumeTrue(!hypervisor.nodes().isEmpty(), "this host does not know its NUMA nodes");
        var inside = machine();
        var claim = inside.claim();
        var cell = new Layout.Cell(99, claim.vcpus(), claim.memoryMiB());
        var elsewhere = new Layout(Layout.Cpu.SHARED, 0, List.of(cell), "", List.of(), 0);
        assertRefused(WishRefused.Reason.OVERFULL, wishOf(inside.with(claim, elsewhere)));
        int threads = hypervisor.nodes().getFirst().threads().size();
        var guests = new java.util.ArrayList<Guest>();
        for (int at = 0; at <= threads && at < ROOM.vcpus(); at++) {
            var one = new Claim(1, claim.memoryMiB(), claim.diskGiB());
            var pinned = new Layout(
                    Layout.Cpu.DEDICATED,
                    0,
                    List.of(new Layout.Cell(hypervisor.nodes().getFirst().node(), 1, one.memoryMiB())),
                    "",
                    List.of(),
                    0);
            guests.add(new Guest(UUID.randomUUID(), "p" + at, 1, Power.ON, 0, 0, inside.with(one, pinned)));
        }
        assumeTrue(guests.size() > threads, "this host has more threads than room");
        assertRefused(WishRefused.Reason.OVERFULL, new Wish(HOST, 1, guests));
    }

    private Wish wishOf(Guest.Machine inside) {
        return new Wish(HOST, 1, List.of(new Guest(uid, "web-1", 1, Power.ON, 0, 0, inside)));
    }

    @Test
    void guestWishedOffStopsAndWishedOnStartsAgain() throws Exception {
        apply(1, guest(1, Power.ON));
        await(State.RUNNING);
        apply(2, guest(1, Power.OFF));
        await(State.STOPPED);
        apply(3, guest(1, Power.ON));
        await(State.RUNNING);
    }

    @Test
    void guestWhoseProcessEndedStaysCrashedUntilANewerEpoch() throws Exception {
        apply(1, guest(1, Power.ON));
        await(State.RUNNING);
        kill(hypervisor, uid);
        assertThat(await(State.CRASHED).detail()).isNotBlank();
        apply(2, guest(1, Power.ON));
        await(State.CRASHED);
        apply(3, guest(2, Power.ON));
        assertThat(await(State.RUNNING).epoch()).isEqualTo(2);
    }

    @Test
    void rebootIsDoneOnceForEachStepNotSeen() throws Exception {
        apply(1, guest(1, Power.ON));
        await(State.RUNNING);
        apply(2, guest(1, Power.ON, 1, 0));
        await(seen -> seen.filter(guest -> guest.reboots() == 1 && guest.state() == State.RUNNING)
                .isPresent());
    }

    @Test
    void rebuildMakesTheGuestAnew() throws Exception {
        apply(1, guest(1, Power.ON));
        await(State.RUNNING);
        apply(2, guest(1, Power.ON, 0, 1));
        await(seen -> seen.filter(guest -> guest.builds() == 1 && guest.state() == State.RUNNING)
                .isPresent());
    }

    @Test
    void consoleIsOpenToOneAtATime() throws Exception {
        assumeTrue(hypervisor.consoles().isPresent(), "this engine has no consoles");
        var consoles = hypervisor.consoles().orElseThrow();
        assertThatThrownBy(() -> consoles.open(uid)).isInstanceOf(java.io.IOException.class);
        apply(1, guest(1, Power.ON));
        await(State.RUNNING);
        try (var first = consoles.open(uid)) {
            assertThat(first.isOpen()).isTrue();
            assertThatThrownBy(() -> consoles.open(uid)).isInstanceOf(java.io.IOException.class);
        }
        consoles.open(uid).close();
        assertThat(consoles.log(uid, 100).length).isBetween(0, 100);
    }

    private Guest guest(long epoch, Power power) {
        return guest(epoch, power, 0, 0);
    }

    private Guest guest(long epoch, Power power, int reboots, int builds) {
        return new Guest(uid, "web-1", epoch, power, reboots, builds, machine());
    }

    private Report apply(long generation, Guest... guests) throws Exception {
        return hypervisor.apply(new Wish(HOST, generation, List.of(guests)));
    }

    private void assertRefused(WishRefused.Reason reason, Wish wish) {
        assertThatThrownBy(() -> hypervisor.apply(wish))
                .isInstanceOfSatisfying(
                        WishRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private GuestSeen await(State state) throws Exception {
        return await(seen -> seen.filter(guest -> guest.state() == state).isPresent())
                .orElseThrow();
    }

    /** Looks each time the host says that something changed, and now and then besides: it may forget to say. */
    private Optional<GuestSeen> await(Predicate<Optional<GuestSeen>> wanted) throws Exception {
        long end = System.nanoTime() + patience().toNanos();
        while (true) {
            var seen = hypervisor.observe().guests().stream()
                    .filter(guest -> guest.uid().equals(uid))
                    .findFirst();
            if (wanted.test(seen)) return seen;
            assertThat(System.nanoTime())
                    .as("still %s after %s", seen, patience())
                    .isLessThan(end);
            synchronized (changed) {
                changed.wait(100);
            }
        }
    }
}
