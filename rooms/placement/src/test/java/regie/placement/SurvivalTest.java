package regie.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts of eight threads, and guests that take some of them. */
class SurvivalTest {
    private static final int THREADS = 8;

    private final Inventory inventory = new Inventory();
    private Survival survival = new Survival(inventory);

    @BeforeEach
    void threeRacks() {
        host("h1", "r1");
        host("h2", "r2");
        host("h3", "r3");
        survival = new Survival(inventory);
    }

    private void host(String name, String rack) {
        inventory.put(new Host(
                id(name),
                name,
                Location.at("par1").inRack(rack),
                Map.of(),
                true,
                Optional.empty(),
                false,
                List.of(new Room(Slot.threads(0), THREADS), new Room(Slot.memory(0), 64 * 1024))));
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Guest guest(String name, int threads, Rules rules) {
        var group = rules.apart().isEmpty() && rules.spread().isEmpty() ? "" : "web";
        return new Guest(id(name), "shop", group, Shape.of(threads, 1024), rules);
    }

    private static Guest surviving(String name, int threads, Survives... failures) {
        return guest(name, threads, Rules.NONE.surviving(failures));
    }

    private static Survives one(Domain domain) {
        return new Survives(domain, 1);
    }

    private void seat(String host, Guest guest) {
        int threads = guest.shape().vcpus();
        survival.seat(
                guest,
                new Place(id(host), List.of(new Take(Slot.threads(0), threads), new Take(Slot.memory(0), 1024))));
    }

    private long heldThreads() {
        long held = 0;
        for (var host : inventory.hosts()) held += inventory.held(host.id(), Slot.threads(0));
        return held;
    }

    @Test
    void differentFailuresShareWhatIsHeld() {
        seat("h1", surviving("a", 4, one(Domain.RACK)));
        assertThat(heldThreads()).isEqualTo(4);
        seat("h3", surviving("b", 4, one(Domain.RACK)));
        assertThat(survival.gaps()).isEmpty();
        assertThat(heldThreads()).as("both may return to h2").isEqualTo(4);
    }

    @Test
    void guestsOfOneFailureDoNotShare() {
        seat("h1", surviving("a", 4, one(Domain.RACK)));
        seat("h1", surviving("b", 4, one(Domain.RACK)));
        assertThat(heldThreads()).isEqualTo(8);
        var loss = survival.afterLoss(Set.of(id("h1")));
        assertThat(loss.gone()).isEmpty();
        assertThat(loss.returns()).hasSize(2).allMatch(Return::foreseen);
    }

    @Test
    void whatLeavesGivesBackWhatWasHeldForIt() {
        seat("h1", surviving("a", 4, one(Domain.RACK)));
        survival.unseat(id("a"));
        assertThat(heldThreads()).isZero();
    }

    @Test
    void refusalNamesTheFailureAndWhatIsLacking() {
        for (var host : List.of("h1", "h2", "h3")) seat(host, guest("full-" + host, 5, Rules.NONE));
        var choice = survival.admit(guest("a", 3, Rules.NONE.surviving(one(Domain.RACK))));
        assertThat(choice.place()).as(choice.why().toString()).isPresent();
        var refused = survival.admit(surviving("b", 3, one(Domain.RACK)));
        assertThat(refused.place())
                .as("two returns to the last 3 threads, or one beside the held")
                .isPresent();
        var last = survival.admit(surviving("c", 3, one(Domain.RACK)));
        assertThat(last.place()).isEmpty();
        assertThat(last.why().toString()).contains("of 3 hosts").contains("too few threads");
    }

    @Test
    void refusedGuestLeavesNoTrace() {
        inventory.put(inventory.host(id("h3")).orElseThrow().opened(false));
        survival.recheck(Set.of(id("h3")));
        seat("h1", guest("full", 6, Rules.NONE));
        var refused = survival.admit(surviving("a", 4, one(Domain.HOST)));
        assertThat(refused.place()).isEmpty();
        assertThat(refused.why().toString()).contains("lost by losing host h2").contains("guest " + id("a"));
        assertThat(heldThreads()).isZero();
        assertThat(inventory.place(id("a"))).isEmpty();
    }

    @Test
    void closedHostIsNoPlaceToReturnToAndWhatCanNotMoveIsAGap() {
        seat("h1", surviving("a", 6, one(Domain.HOST)));
        seat("h2", guest("full", 6, Rules.NONE));
        assertThat(survival.gaps()).isEmpty();
        var h3 = inventory.host(id("h3")).orElseThrow();
        inventory.put(h3.opened(false));
        assertThat(survival.recheck(Set.of(h3.id()))).containsExactly(new Gap(Domain.HOST, "h1", 1, id("a")));
        assertThat(heldThreads()).isZero();
        inventory.put(h3);
        assertThat(survival.recheck(Set.of(h3.id()))).isEmpty();
    }

    @Test
    void gapGoesWhenRoomBecomesFree() {
        seat("h2", guest("full-2", 8, Rules.NONE));
        seat("h3", guest("full-3", 8, Rules.NONE));
        seat("h1", surviving("a", 2, one(Domain.HOST)));
        assertThat(survival.gaps()).hasSize(1);
        survival.unseat(id("full-2"));
        assertThat(survival.gaps()).isEmpty();
    }

    @Test
    void membersThatKeepApartReturnApart() {
        var rules = Rules.NONE.withApart(new Apart(Domain.RACK, true)).surviving(one(Domain.RACK));
        seat("h1", guest("a", 1, rules));
        seat("h2", guest("b", 1, rules));
        assertThat(survival.gaps()).isEmpty();
        assertThat(survival.afterLoss(Set.of(id("h1"))).returns())
                .extracting(each -> each.place().host())
                .containsExactly(id("h3"));
        seat("h3", guest("c", 1, rules));
        assertThat(survival.gaps())
                .as("no rack is left without one of the group")
                .hasSize(3);
    }

    @Test
    void anyTwoHostsMayFallTogether() {
        seat("h1", surviving("a", 4, new Survives(Domain.HOST, 2)));
        seat("h2", surviving("b", 4, new Survives(Domain.HOST, 2)));
        assertThat(survival.gaps()).isEmpty();
        for (var lost : List.of(Set.of("h1", "h2"), Set.of("h1", "h3"), Set.of("h2", "h3"))) {
            var hosts = new HashSet<UUID>();
            for (var name : lost) hosts.add(id(name));
            assertThat(survival.afterLoss(hosts).gone()).as(lost.toString()).isEmpty();
        }
    }

    @Test
    void whoSurvivesARackSurvivesItsHostToo() {
        host("h4", "r1");
        survival = new Survival(inventory);
        seat("h2", guest("full-2", 8, Rules.NONE));
        seat("h3", guest("full-3", 4, Rules.NONE));
        seat("h4", guest("full-4", 8, Rules.NONE));
        seat("h1", surviving("b", 4, one(Domain.HOST)));
        assertThat(survival.gaps()).isEmpty();
        seat("h1", surviving("a", 4, one(Domain.RACK)));
        assertThat(survival.gaps())
                .as("after the loss of the rack there is room for a alone, after that of the host not for both")
                .hasSize(1)
                .allMatch(gap -> gap.domain() == Domain.HOST);
    }

    @Test
    void roomThatBecomesFreeIsFoundWhereASearchHadPassed() {
        host("h4", "r1");
        survival = new Survival(inventory);
        for (var host : List.of("h2", "h3")) seat(host, guest("full-" + host, 8, Rules.NONE));
        seat("h1", surviving("a", 2, one(Domain.RACK)));
        assertThat(survival.gaps()).containsExactly(new Gap(Domain.RACK, "r1", 1, id("a")));
        survival.unseat(id("full-h2"));
        assertThat(survival.gaps()).isEmpty();
    }

    @Test
    void membersApartByTwoKindsOfDomainAreNotPromisedTheLossOfSeveralHosts() {
        for (int at = 4; at <= 8; at++) host("h" + at, "r" + at);
        for (int at = 1; at <= 8; at++) feeds("h" + at, List.of("f" + at));
        survival = new Survival(inventory);
        var one = Rules.NONE.withApart(new Apart(Domain.RACK, true)).surviving(new Survives(Domain.HOST, 2));
        seat("h1", guest("a", 1, one));
        seat("h2", guest("b", 1, one));
        assertThat(survival.gaps()).isEmpty();
        seat("h3", guest("c", 1, one.withApart(new Apart(Domain.RACK, true), new Apart(Domain.FEED, true))));
        assertThat(survival.gaps()).as("one returns in two others' way").hasSize(3);
    }

    @Test
    void membersThatHaveToBeSpreadAreNotPromisedTheLossOfSeveralHosts() {
        for (int at = 4; at <= 8; at++) host("h" + at, "r" + at);
        survival = new Survival(inventory);
        var spread = Rules.NONE.withSpread(new Spread(Domain.RACK, 1, true)).surviving(new Survives(Domain.HOST, 2));
        seat("h1", guest("a", 1, spread));
        assertThat(survival.gaps()).extracting(Gap::count).containsExactly(2);
    }

    @Test
    void membersOfOneHostAreNotPromisedTheLossOfSeveralWhereOthersKeepApart() {
        for (int at = 4; at <= 8; at++) host("h" + at, "r" + at);
        survival = new Survival(inventory);
        var several = Rules.NONE.surviving(new Survives(Domain.HOST, 2));
        seat("h1", guest("a", 1, several.withApart(new Apart(Domain.RACK, true))));
        assertThat(survival.gaps()).isEmpty();
        survival.seat(
                new Guest(id("b"), "shop", "web", Shape.of(1, 1024), several),
                new Place(id("h1"), List.of(new Take(Slot.threads(0), 1), new Take(Slot.memory(0), 1024))));
        assertThat(survival.gaps()).as("both fall with one host").hasSize(2);
    }

    @Test
    void feedTakesOnlyHostsThatHangOnItAlone() {
        feeds("h1", List.of("a"));
        feeds("h2", List.of("a", "b"));
        survival = new Survival(inventory);
        seat("h1", surviving("x", 8, one(Domain.FEED)));
        seat("h2", surviving("y", 8, one(Domain.FEED)));
        assertThat(survival.gaps()).isEmpty();
        assertThat(heldThreads()).as("for x alone").isEqualTo(8);
    }

    private void feeds(String name, List<String> feeds) {
        var host = inventory.host(id(name)).orElseThrow();
        var at = host.location();
        inventory.put(new Host(
                host.id(),
                name,
                new Location(at.site(), at.country(), at.room(), at.rack(), feeds, at.switches()),
                host.labels(),
                true,
                Optional.empty(),
                false,
                host.rooms()));
    }
}
