package regie.placement.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Gpus;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Location;
import regie.placement.Place;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Spread;
import regie.placement.Survives;
import regie.placement.Take;
import regie.placement.Together;

/** Every wrong state is found, under its own sort, and the right one beside it is not. */
class PlacementCheckerTest {
    private static final Shape SMALL = Shape.of(2, 1024);

    private final List<Host> hosts = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();

    private Host host(String name, String rack) {
        return host(name, rack, true, Optional.empty(), false);
    }

    private Host host(String name, String rack, boolean open, Optional<String> project, boolean overcommitted) {
        var location = new Location(
                rack.substring(0, 1), "FR", rack.substring(0, 1) + "-r1", rack, List.of(rack + "-feed"), "");
        var rooms = List.of(
                new Room(Slot.threads(0), 8),
                new Room(Slot.threads(1), 8),
                new Room(Slot.memory(0), 8192),
                new Room(Slot.memory(1), 8192),
                new Room(Slot.hugepages(0, 2), 1024),
                new Room(Slot.disk("fast"), 100),
                new Room(Slot.disk("slow"), 100),
                new Room(Slot.gpus(1, "A100"), 2),
                new Room(Slot.virtualFunctions(0, "eno1"), 4),
                new Room(Slot.virtualFunctions(0, "eno2"), 4));
        var host = new Host(id(name), name, location, Map.of("ssd", "yes"), open, project, overcommitted, rooms);
        hosts.add(host);
        return host;
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Guest seat(String name, Rules rules, Host host) {
        return seat(new Guest(id(name), "shop", "web", SMALL, rules), at(host, 0));
    }

    private Guest seat(Shape shape, Host host, Take... takes) {
        return seat(new Guest(id("guest"), "shop", "", shape, Rules.NONE), new Place(host.id(), List.of(takes)));
    }

    private Guest seat(Guest guest, Place place) {
        seats.add(new Seat(guest, place));
        return guest;
    }

    private static Place at(Host host, int node) {
        return new Place(host.id(), List.of(new Take(Slot.threads(node), 2), new Take(Slot.memory(node), 1024)));
    }

    private void assertFound(Violation.Sort... sorts) {
        assertThat(new PlacementChecker(hosts, seats).state().stream().map(Violation::sort))
                .containsExactlyInAnyOrder(sorts);
    }

    @Test
    void nothingIsWrongWithWhatIsRight() {
        var one = host("h1", "ar1");
        seat("web-1", Rules.NONE.withApart(new Apart(Domain.RACK, true)), one);
        seat("web-2", Rules.NONE.withApart(new Apart(Domain.RACK, true)), host("h2", "ar2"));
        seat(
                new Shape(4, 1024, 2, 1, 50, "fast", List.of(), false, 4, 0, Cpu.DEDICATED),
                one,
                new Take(Slot.threads(0), 4),
                new Take(Slot.hugepages(0, 2), 1024),
                new Take(Slot.disk("fast"), 50),
                new Take(Slot.virtualFunctions(0, "eno2"), 4));
        assertFound();
    }

    @Test
    void slotThatIsSoldTwiceIsFound() {
        var host = host("h1", "ar1");
        for (int at = 0; at < 5; at++) seat("web-" + at, Rules.NONE, host);
        assertFound(Violation.Sort.ROOM);
    }

    @Test
    void slotThatIsNotThereIsFound() {
        seat(Shape.of(2, 1024), host("h1", "ar1"), new Take(Slot.threads(2), 2), new Take(Slot.memory(2), 1024));
        assertFound(Violation.Sort.ROOM, Violation.Sort.ROOM);
    }

    @Test
    void hostThatIsNotThereIsFound() {
        seat("web-1", Rules.NONE, host("h1", "ar1"));
        hosts.clear();
        assertFound(Violation.Sort.ROOM);
    }

    @Test
    void tooFewThreadsAreFound() {
        seat(SMALL, host("h1", "ar1"), new Take(Slot.threads(0), 1), new Take(Slot.memory(0), 1024));
        assertFound(Violation.Sort.SHAPE);
    }

    @Test
    void unevenNodesAreFound() {
        var shape = new Shape(4, 1024, 0, 2, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        seat(
                shape,
                host("h1", "ar1"),
                new Take(Slot.threads(0), 3),
                new Take(Slot.threads(1), 1),
                new Take(Slot.memory(0), 512),
                new Take(Slot.memory(1), 512));
        assertFound(Violation.Sort.SHAPE);
    }

    @Test
    void oneNodeInsteadOfTwoIsFound() {
        var shape = new Shape(2, 1024, 0, 2, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        seat(shape, host("h1", "ar1"), new Take(Slot.threads(0), 2), new Take(Slot.memory(0), 1024));
        assertFound(Violation.Sort.SHAPE, Violation.Sort.SHAPE);
    }

    @Test
    void farMemoryIsFound() {
        var shape = new Shape(2, 1024, 0, 1, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        seat(shape, host("h1", "ar1"), new Take(Slot.threads(0), 2), new Take(Slot.memory(1), 1024));
        assertFound(Violation.Sort.SHAPE);
    }

    @Test
    void ordinaryMemoryInsteadOfPagesIsFound() {
        var shape = new Shape(2, 1024, 2, 1, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        seat(shape, host("h1", "ar1"), new Take(Slot.threads(0), 2), new Take(Slot.memory(0), 1024));
        assertThat(new PlacementChecker(hosts, seats).state())
                .isNotEmpty()
                .allMatch(each -> each.sort() == Violation.Sort.SHAPE);
    }

    @Test
    void farCardsAreFound() {
        var shape = new Shape(2, 1024, 0, 1, 0, "", List.of(new Gpus("A100", 1)), true, 0, 0, Cpu.SHARED);
        seat(
                shape,
                host("h1", "ar1"),
                new Take(Slot.threads(0), 2),
                new Take(Slot.memory(0), 1024),
                new Take(Slot.gpus(1, "A100"), 1));
        assertFound(Violation.Sort.SHAPE);
    }

    @Test
    void functionsOfTwoCardsAreFound() {
        var shape = new Shape(2, 1024, 0, 0, 0, "", List.of(), false, 2, 0, Cpu.SHARED);
        seat(
                shape,
                host("h1", "ar1"),
                new Take(Slot.threads(0), 2),
                new Take(Slot.memory(0), 1024),
                new Take(Slot.virtualFunctions(0, "eno1"), 1),
                new Take(Slot.virtualFunctions(0, "eno2"), 1));
        assertFound(Violation.Sort.SHAPE);
    }

    @Test
    void otherPoolIsFound() {
        var shape = new Shape(2, 1024, 0, 0, 10, "fast", List.of(), false, 0, 0, Cpu.SHARED);
        seat(
                shape,
                host("h1", "ar1"),
                new Take(Slot.threads(0), 2),
                new Take(Slot.memory(0), 1024),
                new Take(Slot.disk("slow"), 10));
        assertFound(Violation.Sort.SHAPE);
    }

    @Test
    void hostsThatTheRulesForbidAreFound() {
        var host = host("h1", "ar1", true, Optional.of("bank"), true);
        var rules = Rules.NONE.requiring(Map.of("ssd", "no")).atSites("b").inCountries("DE");
        seat(new Guest(id("web-1"), "shop", "", SMALL, rules), at(host, 0));
        assertFound(
                Violation.Sort.HOST,
                Violation.Sort.HOST,
                Violation.Sort.HOST,
                Violation.Sort.HOST,
                Violation.Sort.HOST);
    }

    @Test
    void membersThatShareARackAreFoundFromBothSides() {
        seat("web-1", Rules.NONE.withApart(new Apart(Domain.RACK, true)), host("h1", "ar1"));
        seat("web-2", Rules.NONE.withApart(new Apart(Domain.RACK, true)), host("h2", "ar1"));
        assertFound(Violation.Sort.APART, Violation.Sort.APART);
    }

    @Test
    void preferenceIsNoViolation() {
        seat("web-1", Rules.NONE.withApart(new Apart(Domain.RACK, false)), host("h1", "ar1"));
        seat("web-2", Rules.NONE.withApart(new Apart(Domain.RACK, false)), host("h2", "ar1"));
        assertFound();
    }

    @Test
    void sameNameInAnotherProjectIsAnotherGroup() {
        var rules = Rules.NONE.withApart(new Apart(Domain.RACK, true));
        seat("web-1", rules, host("h1", "ar1"));
        var other = host("h2", "ar1");
        seat(new Guest(id("web-2"), "bank", "web", SMALL, rules), at(other, 0));
        assertFound();
    }

    @Test
    void guestFarFromItsGroupIsFound() {
        var near = host("h1", "ar1");
        host("h2", "ar2");
        seat(new Guest(id("db-1"), "shop", "db", SMALL, Rules.NONE), at(near, 1));
        seat("web-1", Rules.NONE.withTogether(new Together("db", Domain.RACK, true)), hosts.get(1));
        assertFound(Violation.Sort.TOGETHER);
    }

    @Test
    void firstOfItsOwnGroupIsBoundByNothing() {
        seat("web-1", Rules.NONE.withTogether(new Together("web", Domain.RACK, true)), host("h1", "ar1"));
        assertFound();
    }

    @Test
    void skewIsFound() {
        var spread = Rules.NONE.withSpread(new Spread(Domain.RACK, 1, true));
        var full = host("h1", "ar1");
        seat("web-1", spread, full);
        seat("web-2", Rules.NONE, full);
        assertFound();
        host("h2", "ar2");
        assertFound(Violation.Sort.SPREAD);
    }

    @Test
    void closedHostsDoNotCountForTheSkew() {
        var full = host("h1", "ar1");
        seat("web-1", Rules.NONE.withSpread(new Spread(Domain.RACK, 1, true)), full);
        seat("web-2", Rules.NONE, full);
        host("h2", "ar2", false, Optional.empty(), false);
        assertFound();
    }

    private Failure rack(String name) {
        return new PlacementChecker(hosts, seats)
                .failures().stream()
                        .filter(each ->
                                each.domain() == Domain.RACK && each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private List<Violation.Sort> afterLoss(Map<UUID, Place> places) {
        var checker = new PlacementChecker(hosts, seats);
        var failure = rack("ar1");
        return checker.loss(failure.hosts(), checker.due(failure), places).stream()
                .map(Violation::sort)
                .toList();
    }

    @Test
    void returnIsJudged() {
        var rules = Rules.NONE.withApart(new Apart(Domain.HOST, true)).surviving(new Survives(Domain.RACK, 1));
        var lost = seat("web-1", rules, host("h1", "ar1"));
        var refuge = host("h2", "ar2");
        assertThat(afterLoss(Map.of(lost.id(), at(refuge, 0)))).isEmpty();
        assertThat(afterLoss(Map.of())).containsExactly(Violation.Sort.RETURN);
        assertThat(afterLoss(Map.of(lost.id(), at(hosts.get(0), 0)))).containsExactly(Violation.Sort.ROOM);
        seat("web-2", Rules.NONE, refuge);
        assertThat(afterLoss(Map.of(lost.id(), at(refuge, 0)))).containsExactly(Violation.Sort.APART);
    }

    @Test
    void returnsThatAreTooMuchTogetherAreFound() {
        var rules = Rules.NONE.surviving(new Survives(Domain.RACK, 1));
        var fallen = host("h1", "ar1");
        var refuge = host("h2", "ar2");
        for (int at = 0; at < 3; at++) seat("bank-" + at, Rules.NONE, refuge);
        var one = seat("web-1", rules, fallen).id();
        var two = seat("web-2", rules, fallen).id();
        assertThat(afterLoss(Map.of(one, at(refuge, 0), two, at(refuge, 1)))).isEmpty();
        assertThat(afterLoss(Map.of(one, at(refuge, 0), two, at(refuge, 0)))).containsExactly(Violation.Sort.ROOM);
    }

    @Test
    void returnToAClosedHostIsFound() {
        var lost = seat("web-1", Rules.NONE.surviving(new Survives(Domain.RACK, 1)), host("h1", "ar1"));
        var refuge = host("h2", "ar2", false, Optional.empty(), false);
        assertThat(afterLoss(Map.of(lost.id(), at(refuge, 0)))).containsExactly(Violation.Sort.HOST);
    }

    @Test
    void guestWhoseNeighbourWantsToBeAloneMayNotReturnBesideIt() {
        var lost = seat("web-1", Rules.NONE.surviving(new Survives(Domain.RACK, 1)), host("h1", "ar1"));
        var refuge = host("h2", "ar2");
        seat("web-2", Rules.NONE.withApart(new Apart(Domain.RACK, true)), refuge);
        assertThat(afterLoss(Map.of(lost.id(), at(refuge, 1)))).containsExactly(Violation.Sort.APART);
    }

    @Test
    void whoWasPromisedNothingIsNotDue() {
        seat("web-1", Rules.NONE.surviving(new Survives(Domain.HOST, 2)), host("h1", "ar1"));
        var checker = new PlacementChecker(hosts, seats);
        assertThat(checker.due(rack("ar1"))).isEmpty();
        assertThat(checker.due(Set.of(id("h1")))).containsExactly(id("web-1"));
        assertThat(checker.due(Set.of(id("h1"), id("h2"), id("h3")))).isEmpty();
    }

    @Test
    void hostWithTwoFeedsFallsWithNeither() {
        host("h1", "ar1");
        var at = new Location("a", "FR", "", "", List.of("f1", "f2"), "");
        hosts.add(new Host(
                id("h2"), "h2", at, Map.of(), true, Optional.empty(), false, List.of(new Room(Slot.threads(0), 8))));
        assertThat(new PlacementChecker(hosts, seats)
                        .failures().stream().map(each -> each.domain() + " " + each.name()))
                .contains("FEED ar1-feed", "SITE a")
                .doesNotContain("FEED f1", "FEED f2");
    }
}
