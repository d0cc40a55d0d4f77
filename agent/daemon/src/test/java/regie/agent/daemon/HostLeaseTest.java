package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Wish;
import regie.agent.lease.Terms;

/** What the lease does to the guests of a host, with all the agent's parts in place and time that is made up. */
class HostLeaseTest {
    private static final long LEASE_MILLIS = 8_000;

    @TempDir
    Path folder;

    private LeaseSite site;

    @BeforeEach
    void open() throws Exception {
        site = new LeaseSite(folder, 4);
    }

    @Test
    void lossOfTheRoomTouchesNoGuest() {
        site.roomAway = true;
        site.timeline.advance(600_000);
        for (int i = 1; i <= 4; i++) assertThat(site.runs("h" + i)).isTrue();
    }

    @Test
    void lossOfAllNeighboursTouchesNoGuestWhileTheRoomGrants() {
        for (int i = 2; i <= 4; i++) site.cut("h" + i, true);
        site.timeline.advance(600_000);
        assertThat(site.runs("h1")).isTrue();
    }

    @Test
    void hostThatIsCutOffStopsItsGuestsAtTheEndOfItsLeaseAndNotBefore() {
        site.cut("h1", true);
        site.timeline.advance(LEASE_MILLIS - 300);
        assertThat(site.runs("h1")).isTrue();
        site.timeline.advance(600);
        assertThat(site.runs("h1")).isFalse();
        assertThat(site.runs("h2")).isTrue();
    }

    @Test
    void guestsOfASilentHostWithoutItsWardenRunOn() {
        site.unwatched("h1");
        site.cut("h1", true);
        site.timeline.advance(LEASE_MILLIS + 300);
        assertThat(site.runs("h1")).isTrue();
    }

    @Test
    void blipShorterThanTheLeaseTouchesNoGuest() {
        for (int blip = 0; blip < 5; blip++) {
            site.cut("h1", true);
            site.timeline.advance(LEASE_MILLIS - 1_000);
            site.cut("h1", false);
            site.timeline.advance(2_000);
            assertThat(site.runs("h1")).isTrue();
        }
    }

    @Test
    void guestsRunAgainOnceTheRoomGrantsAndNotByTheNeighboursAlone() {
        site.cut("h1", true);
        site.timeline.advance(2 * LEASE_MILLIS);
        site.roomAway = true;
        site.cut("h1", false);
        site.timeline.advance(20_000);
        assertThat(site.runs("h1")).as("neighbours can't bring it back").isFalse();
        site.roomAway = false;
        site.timeline.advance(2_000);
        assertThat(site.runs("h1")).isTrue();
    }

    @Test
    void condemnedHostLosesItsLeaseThoughEverybodyHearsIt() {
        site.condemn(Map.of("h1", 7L));
        site.timeline.advance(LEASE_MILLIS + 600);
        assertThat(site.runs("h1")).isFalse();
        assertThat(site.promises.keySet()).contains("h2", "h3", "h4");
        assertThat(site.promises.values()).allMatch(each -> each.condemnation() == 7);
        site.condemn(Map.of());
        site.timeline.advance(1_000);
        assertThat(site.runs("h1")).isTrue();
    }

    @Test
    void wishIsTakenWithoutALeaseAndStartsNobody() {
        site.condemn(Map.of("h1", 7L));
        site.timeline.advance(LEASE_MILLIS + 600);
        site.loop("h1").wish(new Wish("h1", 2, List.of(Wishes.guest(1, 2), Wishes.guest(9, 1))));
        site.timeline.advance(1_000);
        assertThat(site.runs("h1")).isFalse();
        assertThat(site.loop("h1").newestGeneration()).isEqualTo(2);
    }

    @Test
    void agentThatStartsAnewInTimeFindsItsLeaseAndTouchesNoGuest() throws Exception {
        site.kill("h1");
        site.timeline.advance(LEASE_MILLIS / 2);
        site.start("h1", site.loop("h1").newest());
        assertThat(site.runs("h1")).isTrue();
        site.timeline.advance(60_000);
        assertThat(site.runs("h1")).isTrue();
    }

    @Test
    void agentThatStartsAnewTooLateStartsNobodyBeforeTheRoomGrants() throws Exception {
        site.roomAway = true;
        site.kill("h1");
        site.timeline.advance(2 * LEASE_MILLIS);
        site.start("h1", site.loop("h1").newest());
        site.timeline.advance(1_000);
        assertThat(site.runs("h1")).isFalse();
        site.roomAway = false;
        site.timeline.advance(2_500); // one beat finds out that answers come again, the next is granted
        assertThat(site.runs("h1")).isTrue();
    }

    @Test
    void agentThatLostItsTermsIsNotFree() throws Exception {
        site.kill("h1");
        Files.delete(folder.resolve("h1").resolve("terms.json"));
        site.cut("h1", true);
        site.start("h1", site.loop("h1").newest());
        site.cut("h1", true);
        site.timeline.advance(LEASE_MILLIS + 600);
        assertThat(site.runs("h1")).isFalse();
    }

    /** Its first lease is agreed, but not yet on the board: it may run on, and then holds one like any other. */
    @Test
    void agentThatStartsAnewOnItsWayToALeaseHoldsOneThatEnds() throws Exception {
        site.kill("h1");
        var terms = new LeaseStore(folder.resolve("h1"), false);
        terms.keep(List.of(Terms.none("h1"), site.terms("h1")));
        Board.find(terms.folder()).orElseThrow().until(Board.UNBOUNDED);
        site.start("h1", site.loop("h1").newest());
        site.timeline.advance(30_000);
        assertThat(site.runs("h1")).isTrue();
        site.cut("h1", true);
        site.timeline.advance(LEASE_MILLIS + 600);
        assertThat(site.runs("h1")).isFalse();
    }

    @Test
    void voterThatStartsAnewKeepsItsPromise() throws Exception {
        site.condemn(Map.of("h1", 7L));
        site.timeline.advance(1_000);
        site.kill("h2");
        site.promises.clear();
        site.start("h2", Optional.empty());
        site.timeline.advance(1_500);
        assertThat(site.promises).containsKey("h2");
    }

    @Test
    void neighboursTellWhomTheyMiss() {
        site.timeline.advance(5_000);
        assertThat(site.watching("h2").hears()).containsExactly("h1", "h3", "h4");
        site.cut("h1", true);
        site.timeline.advance(1_000);
        assertThat(site.watching("h2").misses()).containsExactly("h1");
        site.cut("h1", false);
        site.timeline.advance(1_000);
        assertThat(site.watching("h2").misses()).isEmpty();
    }

    /** What it had may have been started elsewhere since it lost its power, and no lease keeps it from running it. */
    @Test
    void hostWithoutALeaseThatBootsRunsNothingBeforeItHeardTheRoom() throws Exception {
        site.outside = true;
        var wish = new Wish("free", 1, List.of(Wishes.guest(9, 1)));
        site.start("free", Optional.empty());
        site.loop("free").wish(wish);
        assertThat(site.runs("free")).isTrue();

        site.kill("free");
        site.start("free", Optional.of(wish));
        assertThat(site.runs("free")).as("its agent alone began anew").isTrue();

        site.kill("free");
        try (var boards = Files.newDirectoryStream(folder.resolve("free"), "*.board")) {
            for (var board : boards) Files.delete(board); // they are those of a former boot
        }
        site.start("free", Optional.empty());
        site.timeline.advance(60_000);
        assertThat(site.runs("free")).as("it has booted").isFalse();
        site.loop("free").wish(wish);
        assertThat(site.runs("free")).isTrue();
    }
}
