package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.placement.Place;
import regie.placement.Slot;
import regie.placement.Take;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** What a project may have, by its words and by the constraint that stands behind them. */
class QuotaTest {
    private static final String ESTATE = """
            {kind: Site, name: par1, spec: {country: FR, city: Paris}}
            ---
            kind: Server
            name: par1-h[01-02]
            spec: {site: par1, hypervisor: simulated, numa: [{threads: 16, memoryMiB: 8192}], disks: [{name: a, sizeGiB: 100}]}
            ---
            kind: Network
            name: par1
            spec: {site: par1, cidr: 10.1.0.0/16, gateway: 10.1.0.1, range: {first: 10.1.1.0, last: 10.1.1.255}}
            ---
            {kind: Flavor, name: small, spec: {vcpus: 2, memoryMiB: 64}}
            ---
            {kind: Flavor, name: large, spec: {vcpus: 4, memoryMiB: 64}}
            ---
            {kind: Image, name: micro, spec: {boot: kernel}}
            ---
            """;

    private TestDatabase source;
    private World world;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        this.source = source;
        world = new World(source.dataSource(), 1);
    }

    private void apply(String quota, String more) {
        world.apply(ESTATE + "{kind: Project, name: default, spec: {quota: %s}}\n---\n".formatted(quota) + more);
    }

    private static String fleet(int count, String flavor) {
        return "{kind: Fleet, name: web, spec: {count: %d, template: {flavor: %s, image: micro}}}"
                .formatted(count, flavor);
    }

    private void start() {
        world.imageIsReady("micro");
        world.step();
        world.attend("par1-h01");
        world.attend("par1-h02");
        world.steps(5);
    }

    private long placed() {
        return new Books(source).count("select count(*) as n from compute.allocation");
    }

    @Test
    void whatIsOverTheQuotaWaitsAndSaysSoWithNumbers() {
        apply("{vcpus: 7}", fleet(5, "small"));
        start();
        assertThat(placed()).isEqualTo(3);
        assertThat(world.instances().stream()
                        .flatMap(instance -> instance.status().holds().stream())
                        .map(hold -> hold.code() + ": " + hold.detail()))
                .hasSize(2)
                .allMatch(
                        "over-quota: project default has 6 of its 7 vCPUs, and this takes 2 more; delete some, or raise quota.vcpus of the project"
                                ::equals);
        apply("{vcpus: 10}", fleet(5, "small"));
        world.steps(5);
        assertThat(placed()).isEqualTo(5);
    }

    @Test
    void aQuotaBelowWhatIsUsedLetsItSinkAndNotGrow() {
        apply("{instances: 4}", fleet(4, "small"));
        start();
        apply("{instances: 2}", fleet(4, "small"));
        world.steps(3);
        assertThat(world.running()).hasSize(4);
        apply("{instances: 2}", fleet(3, "small"));
        world.steps(8);
        apply("{instances: 2}", fleet(4, "small"));
        world.steps(8);
        assertThat(placed()).isEqualTo(3);
    }

    @Test
    void growthCountsToo() {
        apply("{vcpus: 3}", "{kind: Instance, name: one, spec: {flavor: small, image: micro}}");
        start();
        apply("{vcpus: 3}", "{kind: Instance, name: one, spec: {flavor: large, image: micro}}");
        world.steps(3);
        assertThat(world.instance("one").status().holds())
                .extracting(hold -> hold.detail())
                .containsExactly(
                        "project default has 2 of its 3 vCPUs, and this takes 2 more; delete some, or raise quota.vcpus of the project");
        apply("{vcpus: 4}", "{kind: Instance, name: one, spec: {flavor: large, image: micro}}");
        world.steps(5);
        assertThat(world.instance("one").status().holds()).isEmpty();
    }

    /** Whoever writes at the same moment, and whatever he thought. */
    @Test
    void noRaceExceedsIt() throws Exception {
        var books = new Books(source);
        var server = books.host("h", "threads@0", 1_000);
        assertThat(books.attempt(tx ->
                        QuotaLedger.follow(tx, java.util.Map.of("shop", java.util.Map.of(Quota.INSTANCES, 25L)))))
                .isEmpty();
        var place = new Place(server, List.of(new Take(Slot.threads(0), 1)));
        var refused = Together.run(
                8,
                _ -> java.util.stream.IntStream.range(0, 10)
                        .mapToObj(_ -> books.attempt(tx -> Ledger.allocate(tx, List.of(Books.place(place)))))
                        .filter(message -> !message.isEmpty())
                        .toList());
        assertThat(refused.stream().mapToInt(List::size).sum()).isEqualTo(55);
        assertThat(refused).allSatisfy(each -> assertThat(each).allMatch(message -> message.contains("within_quota")));
        assertThat(books.count("select used as n from compute.usage where project = 'shop' and resource = 'instances'"))
                .isEqualTo(25);
        assertThat(books.deadlocks()).isZero();
    }
}
