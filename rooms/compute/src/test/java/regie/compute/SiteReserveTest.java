package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.testing.TestDatabase;

/** Room for the largest machine that a site keeps free, whatever else wants it. */
class SiteReserveTest {
    private static final String ESTATE = """
            {kind: Site, name: par1, spec: {country: FR, city: Paris}}
            ---
            kind: Server
            name: par1-h[01-02]
            spec: {site: par1, hypervisor: simulated, numa: [{threads: 8, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}
            ---
            {kind: Network, name: par1, spec: {site: par1, cidr: 10.1.0.0/16, gateway: 10.1.0.1, range: {first: 10.1.1.0, last: 10.1.1.255}}}
            ---
            {kind: Flavor, name: small, spec: {vcpus: 2, memoryMiB: 64}}
            ---
            {kind: Flavor, name: huge, spec: {vcpus: 8, memoryMiB: 4096}}
            ---
            {kind: Image, name: micro, spec: {boot: kernel}}
            ---
            {kind: Project, name: default, spec: {}}
            ---
            {kind: Project, name: urgent, spec: {}}
            """;

    private Books books;
    private World world;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        books = new Books(source);
        world = new World(source.dataSource(), 1);
        world.open(ESTATE, "par1-h01", "par1-h02");
    }

    private void reserve(String flavor, int count) {
        world.apply("{kind: SiteReserve, name: failover, spec: {site: par1, flavor: %s, count: %d, projects: [urgent]}}"
                .formatted(flavor, count));
        world.steps(3);
    }

    private void declare(String project, String name, String flavor) {
        world.apply("{kind: Instance, project: %s, name: %s, spec: {flavor: %s, image: micro}}"
                .formatted(project, name, flavor));
        world.steps(5);
    }

    private void fleet(int count) {
        world.apply("{kind: Fleet, name: web, spec: {count: %d, template: {flavor: small, image: micro}}}"
                .formatted(count));
        world.steps(8);
    }

    private ReservationStatus shown() {
        return world.database
                .read(tx -> world.resources.get(tx, Compute.SITE_RESERVE, Compute.SITE_RESERVE.key("", "failover")))
                .status();
    }

    private void assertShown(int reserved, int waiting) {
        assertThat(shown())
                .extracting(ReservationStatus::reserved, ReservationStatus::used, ReservationStatus::waiting)
                .containsExactly(reserved, 0, waiting);
        books.assertRight();
    }

    @Test
    void whatWouldLeaveLessThanTheReserveIsRefused() {
        reserve("huge", 1);
        assertShown(1, 0);
        fleet(6);
        assertThat(world.running()).hasSize(4);
        assertThat(world.instances().stream()
                        .flatMap(each -> each.status().holds().stream())
                        .map(hold -> hold.detail()))
                .containsOnly("no place for 2 vCPU, 64 MiB: of 2 hosts: 2 too few threads (0 left)");
        assertShown(1, 0);
    }

    @Test
    void itCountsForNoQuotaAndEndsWhenItIsMadeSmaller() {
        reserve("huge", 1);
        assertThat(books.count("select count(*) as n from compute.usage where used > 0"))
                .isZero();
        fleet(6);
        reserve("huge", 0);
        world.steps(5);
        assertThat(world.running()).hasSize(6);
        assertShown(0, 0);
    }

    @Test
    void whoMayTakeItTakesItWhereThereIsNoOtherRoomAndItIsMadeUpFor() {
        reserve("huge", 1);
        declare("urgent", "first", "huge");
        assertShown(1, 0);
        declare("urgent", "second", "huge");
        assertThat(world.running())
                .as("the first had other room, the second the reserve")
                .hasSize(2);
        assertShown(0, 1);
        assertThat(shown().holds()).extracting(hold -> hold.code()).containsExactly("no-room");
        world.database.change(regie.kernel.Actor.ROOM, tx -> {
            var first = world.resources.get(tx, Compute.INSTANCE, Compute.INSTANCE.key("urgent", "first"));
            world.resources.delete(tx, Compute.INSTANCE, java.util.List.of(first.uid()));
        });
        world.steps(8);
        assertShown(1, 0);
    }

    @Test
    void othersDoNot() {
        reserve("huge", 2);
        declare("default", "one", "huge");
        assertThat(world.running()).isEmpty();
        assertShown(2, 0);
    }

    /** Machines of any flavor: whatever fits into the room that was kept. */
    @Test
    void aServerThatIsDrainedEmptiesIntoIt() {
        fleet(2);
        reserve("huge", 1);
        assertShown(1, 0);
        var full = world.instances().getFirst().status().host().orElseThrow();
        world.apply(
                "{kind: Server, name: %s, spec: {site: par1, state: draining, hypervisor: simulated, numa: [{threads: 8, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}}"
                        .formatted(full));
        world.steps(40);
        assertThat(world.instances())
                .hasSize(2)
                .noneMatch(each -> each.status().host().orElseThrow().equals(full));
        assertShown(0, 1);
    }
}
