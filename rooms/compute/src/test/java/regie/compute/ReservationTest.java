package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.compute.ReservationStatus.State;
import regie.kernel.Refused;
import regie.testing.TestDatabase;

/** Room that is kept for machines to come: taken in truth, used up once, given back when its time is over. */
class ReservationTest {
    /** Eight machines in all: four on each host. */
    private static final String ESTATE = """
            {kind: Site, name: par1, spec: {country: FR, city: Paris}}
            ---
            {kind: Site, name: fra1, spec: {country: DE, city: Frankfurt}}
            ---
            {kind: Server, name: par1-h01, spec: {site: par1, hypervisor: simulated, numa: [{threads: 8, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}}
            ---
            {kind: Server, name: fra1-h01, spec: {site: fra1, hypervisor: simulated, numa: [{threads: 8, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}}
            ---
            {kind: Network, name: par1, spec: {site: par1, cidr: 10.1.0.0/16, gateway: 10.1.0.1, range: {first: 10.1.1.0, last: 10.1.1.255}}}
            ---
            {kind: Network, name: fra1, spec: {site: fra1, cidr: 10.2.0.0/16, gateway: 10.2.0.1, range: {first: 10.2.1.0, last: 10.2.1.255}}}
            ---
            {kind: Flavor, name: small, spec: {vcpus: 2, memoryMiB: 64}}
            ---
            {kind: Flavor, name: large, spec: {vcpus: 4, memoryMiB: 64}}
            ---
            {kind: Image, name: micro, spec: {boot: kernel}}
            ---
            {kind: Project, name: default, spec: {}}
            ---
            {kind: Project, name: other, spec: {}}
            """;

    private Books books;
    private World world;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        books = new Books(source);
        world = new World(source.dataSource(), 1);
        world.open(ESTATE, "par1-h01", "fra1-h01");
    }

    private void reserve(int count, String more) {
        world.apply("{kind: Reservation, name: soon, spec: {flavor: small, count: %d, until: '2026-01-01T01:00:00Z'%s}}"
                .formatted(count, more));
        world.steps(2);
    }

    private void fleet(String project, String name, int count, String more) {
        world.apply("{kind: Fleet, project: %s, name: %s, spec: {count: %d, template: {flavor: small, image: micro}%s}}"
                .formatted(project, name, count, more));
        world.steps(6);
    }

    private ReservationStatus shown() {
        return world.database
                .read(tx -> world.resources.get(tx, Compute.RESERVATION, Compute.RESERVATION.key("default", "soon")))
                .status();
    }

    private void assertShown(int reserved, int used, int waiting) {
        assertThat(shown())
                .extracting(ReservationStatus::reserved, ReservationStatus::used, ReservationStatus::waiting)
                .containsExactly(reserved, used, waiting);
        books.assertRight();
        assertThat(books.count("select count(*) as n from compute.reserved where server is not null"))
                .isEqualTo(reserved);
    }

    private long placed(String project) {
        return world.instances().stream()
                .filter(each ->
                        each.project().equals(project) && each.status().host().isPresent())
                .count();
    }

    @Test
    void itsRoomIsTakenAndNobodyElseGetsIt() {
        reserve(6, "");
        assertShown(6, 0, 0);
        fleet("other", "web", 4, "");
        assertThat(placed("other")).isEqualTo(2);
        assertThat(world.instances().stream()
                        .flatMap(each -> each.status().holds().stream())
                        .map(hold -> hold.code()))
                .containsExactly("no-room", "no-room");
        assertShown(6, 0, 0);
    }

    @Test
    void machinesOfItsProjectAndFlavorUseItsPlacesFirst() {
        reserve(6, "");
        fleet("other", "web", 2, "");
        fleet("default", "web", 4, "");
        assertThat(placed("default")).isEqualTo(4);
        assertShown(2, 4, 0);
        assertThat(world.running()).hasSize(6);
        world.apply("{kind: Instance, name: big, spec: {flavor: large, image: micro}}");
        world.steps(4);
        assertThat(world.instance("big").status().host())
                .as("another flavor is no user of it")
                .isEmpty();
        assertShown(2, 4, 0);
    }

    @Test
    void whoGoesGivesItsPlaceBack() {
        reserve(4, "");
        fleet("default", "web", 3, "");
        fleet("other", "web", 4, "");
        assertShown(1, 3, 0);
        fleet("default", "web", 1, "");
        world.steps(5);
        assertShown(3, 1, 0);
        fleet("other", "web", 6, "");
        assertThat(placed("other")).isEqualTo(4);
    }

    @Test
    void whatIsNotUsedByItsEndIsGivenBackAndMachinesStay() {
        reserve(6, "");
        fleet("default", "web", 2, "");
        fleet("other", "web", 6, "");
        assertThat(placed("other")).isEqualTo(2);
        world.clock.advanceMillis(3_600_000);
        world.steps(10);
        assertThat(shown().state()).isEqualTo(State.EXPIRED);
        assertShown(0, 2, 0);
        assertThat(placed("other")).isEqualTo(6);
        assertThat(placed("default")).isEqualTo(2);
        fleet("default", "web", 1, "");
        world.steps(5);
        assertShown(0, 1, 0);
    }

    @Test
    void deletedItGivesBackWhatIsNotUsed() {
        reserve(6, "");
        fleet("default", "web", 2, "");
        world.database.change(regie.kernel.Actor.ROOM, tx -> {
            var found = world.resources.get(tx, Compute.RESERVATION, Compute.RESERVATION.key("default", "soon"));
            world.resources.delete(tx, Compute.RESERVATION, java.util.List.of(found.uid()));
        });
        fleet("other", "web", 6, "");
        assertThat(placed("other")).isEqualTo(6);
        assertThat(placed("default")).isEqualTo(2);
        assertThat(books.count("select count(*) as n from compute.reservation")).isZero();
        assertThat(books.count("select count(*) as n from compute.reserved")).isZero();
        books.assertRight();
    }

    @Test
    void whatFindsNoRoomWaitsAndSaysWhy() {
        reserve(5, ", site: par1");
        assertShown(4, 0, 1);
        assertThat(shown().holds())
                .extracting(hold -> hold.code() + ": " + hold.detail())
                .containsExactly(
                        "no-room: no place for 2 vCPU, 64 MiB: of 2 hosts: 1 at another site (1 left), 1 too few threads (0 left)");
        reserve(3, ", site: par1");
        assertShown(3, 0, 0);
        assertThat(shown().holds()).isEmpty();
    }

    @Test
    void itCountsForTheQuotaAndItsUseDoesNotCountAgain() {
        world.apply("{kind: Project, name: default, spec: {quota: {instances: 3}}}");
        reserve(4, "");
        assertShown(3, 0, 1);
        assertThat(shown().holds()).extracting(hold -> hold.code()).containsExactly("over-quota");
        reserve(3, "");
        fleet("default", "web", 3, "");
        assertThat(placed("default")).isEqualTo(3);
        assertShown(0, 3, 0);
        assertThat(used("instances")).isEqualTo(3);
        assertThat(used("vcpus")).isEqualTo(6);
    }

    /** What is used can sink and not grow; to use what is reserved is neither. */
    @Test
    void aQuotaThatWasLoweredLetsItsPlacesBeUsedAndNotComeBack() {
        reserve(4, "");
        world.apply("{kind: Project, name: default, spec: {quota: {instances: 2}}}");
        fleet("default", "web", 3, "");
        assertThat(placed("default")).isEqualTo(3);
        assertShown(1, 3, 0);
        assertThat(used("instances")).isEqualTo(4);
        fleet("default", "web", 2, "");
        world.steps(5);
        assertThat(used("instances")).isEqualTo(3);
        assertThat(shown().holds()).extracting(hold -> hold.code()).containsExactly("over-quota");
        assertShown(1, 2, 1);
    }

    private long used(String resource) {
        return books.count("select used as n from compute.usage where project = 'default' and resource = '%s'"
                .formatted(resource));
    }

    @Test
    void placesOnAHostThatTakesNoMachinesGoElsewhereOrSaySo() {
        reserve(4, ", placement: {packing: pack}");
        var host = world.database.read(tx -> tx.first(
                        "select name from compute.host h join compute.reserved r on r.server = h.server",
                        row -> row.text("name"))
                .orElseThrow());
        var other = host.equals("par1-h01") ? "fra1-h01" : "par1-h01";
        state(host, "cordoned");
        assertShown(4, 0, 0);
        assertThat(on(other)).isEqualTo(4);
        state(other, "cordoned");
        assertShown(4, 0, 0);
        assertThat(shown().holds())
                .extracting(hold -> hold.code() + ": " + hold.detail())
                .containsExactly(
                        "reserved-out-of-reach: 4 of its places are on %s, which takes no machines now, and can't be elsewhere: no place for 2 vCPU, 64 MiB: of 2 hosts: 2 closed to new guests (0 left)"
                                .formatted(other));
        state(other, "schedulable");
        assertThat(shown().holds()).isEmpty();
        world.hypervisor(other).crash();
        state(host, "schedulable");
        world.steps(80);
        assertThat(on(host)).as("%s is silent", other).isEqualTo(4);
        assertShown(4, 0, 0);
    }

    private void state(String server, String state) {
        var site = server.substring(0, 4);
        world.apply(
                "{kind: Server, name: %s, spec: {site: %s, state: %s, hypervisor: simulated, numa: [{threads: 8, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}}"
                        .formatted(server, site, state));
        world.steps(4);
    }

    private long on(String server) {
        return books.count(
                "select count(*) as n from compute.reserved r join compute.host h on h.server = r.server where h.name = '%s'"
                        .formatted(server));
    }

    @Test
    void aServerThatIsDeletedIsNotHeldUpByIt() {
        reserve(4, ", site: par1");
        assertThat(on("par1-h01")).isEqualTo(4);
        world.database.change(regie.kernel.Actor.ROOM, tx -> {
            var servers = regie.estate.Servers.KIND;
            var found = world.resources.get(tx, servers, servers.key("", "par1-h01"));
            world.resources.delete(tx, servers, java.util.List.of(found.uid()));
        });
        world.steps(4);
        assertThat(books.count("select count(*) as n from compute.host where name = 'par1-h01'"))
                .isZero();
        assertShown(0, 0, 4);
        assertThat(shown().holds()).extracting(hold -> hold.code()).containsExactly("no-room");
    }

    @Test
    void machinesTakeThePlacesThatTheirRulesLikeBest() {
        reserve(8, "");
        fleet("default", "web", 2, ", antiAffinity: {over: site}");
        assertThat(world.instances().stream().map(each -> each.status().site().orElseThrow()))
                .containsExactlyInAnyOrder("par1", "fra1");
        assertShown(6, 2, 0);
        fleet("default", "par", 3, ", placement: {residency: {sites: [par1]}}");
        assertShown(3, 5, 0);
        fleet("default", "more", 1, ", placement: {residency: {sites: [par1]}}");
        assertThat(placed("default")).as("what is left is at the other site").isEqualTo(5);
        assertShown(3, 5, 0);
    }

    @Test
    void aFlavorThatChangesChangesWhatIsReserved() {
        reserve(4, "");
        world.apply("{kind: Flavor, name: small, spec: {vcpus: 4, memoryMiB: 64}}");
        reserve(3, "");
        assertShown(3, 0, 0);
        assertThat(books.count("select sum(amount)::bigint as n from compute.claim where slot = 'threads@0'"))
                .isEqualTo(12);
    }

    @Test
    void anEndInThePastIsRefusedUnlessNothingChanges() {
        assertThatThrownBy(
                        () -> world.apply(
                                "{kind: Reservation, name: soon, spec: {flavor: small, count: 1, until: '2025-12-31T23:00:00Z'}}"))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "manifest-malformed: world.yaml:1:65: until is 2025-12-31T23:00:00Z; expected a time to come; now it is 2026-01-01T00:00:00.400Z");
        reserve(1, "");
        world.clock.advanceMillis(3_600_000);
        reserve(1, "");
        assertThat(shown().state()).isEqualTo(State.EXPIRED);
        assertThatThrownBy(() -> reserve(2, "")).isInstanceOf(Refused.class).hasMessageContaining("until is");
    }

    @Test
    void badSpecsAreRefusedByField() {
        assertThat(Specs.refused("Reservation", "{flavor: small, count: -1, until: '2030-01-01T00:00:00Z'}"))
                .containsExactly(
                        "manifest-malformed: a.yaml:3:23: count is -1; expected a whole number from 0 to 10000");
        assertThat(Specs.refused("Reservation", "{flavor: small, count: 1, until: soon}"))
                .containsExactly(
                        "manifest-malformed: a.yaml:3:33: until is \"soon\"; expected text: when it ends (RFC 3339, such as 2030-01-31T18:00:00Z): places not used by then are given back");
        assertThat(Specs.refused(
                        "Reservation",
                        "{flavor: small, count: 1, until: '2030-01-01T00:00:00Z', antiAffinity: {over: host}}"))
                .anyMatch(line -> line.contains("group is missing"));
    }

    /** The room is killed between any two steps: nothing of it is only in memory. */
    @Test
    void aRoomThatIsStartedAnewKnowsWhatIsReserved() {
        reserve(6, "");
        world.startRoom();
        world.attend("par1-h01");
        world.attend("fra1-h01");
        world.steps(3);
        fleet("other", "web", 4, "");
        assertThat(placed("other")).isEqualTo(2);
        fleet("default", "web", 6, "");
        assertShown(0, 6, 0);
    }

    @Test
    void addressesAreNotReservedAndCountWithTheirMachines() {
        world.apply("{kind: Project, name: default, spec: {quota: {addresses: 2}}}");
        reserve(4, "");
        assertShown(4, 0, 0);
        fleet("default", "web", 3, "");
        assertThat(placed("default")).isEqualTo(2);
        assertThat(used("addresses")).isEqualTo(2);
        assertShown(2, 2, 0);
        assertThat(world.instances().stream()
                        .flatMap(each -> each.status().holds().stream())
                        .map(hold -> hold.code() + ": " + hold.detail()))
                .containsExactly(
                        "over-quota: project default has 2 of its 2 addresses, and this takes 1 more; delete some, or raise quota.addresses of the project");
        fleet("default", "web", 1, "");
        assertThat(used("addresses")).isEqualTo(1);
    }
}
