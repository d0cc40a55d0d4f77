package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import regie.identity.Access;
import regie.identity.Caller;
import regie.identity.Register;
import regie.identity.Role;
import regie.kernel.Actor;
import regie.testing.Database;

class CapacityReportTest {
    private static final String ESTATE = """
            kind: Site
            name: par1
            spec: {country: FR, city: Paris}
            ---
            kind: Server
            name: h[1-2]
            spec: {site: par1, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}], disks: [{name: a, sizeGiB: 100}]}
            ---
            kind: Server
            name: h3
            spec:
              site: par1
              hypervisor: simulated
              state: cordoned
              numa: [{threads: 4, memoryMiB: 4096}]
              disks: [{name: a, sizeGiB: 100}]
            ---
            kind: Network
            name: guests
            spec: {site: par1, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.15}}
            ---
            kind: Flavor
            name: small
            spec: {vcpus: 1, memoryMiB: 512, diskGiB: 10, offers: [{site: par1, most: 8}, {most: 2}]}
            ---
            kind: Flavor
            name: whole
            spec: {vcpus: 4, memoryMiB: 1024}
            ---
            kind: Image
            name: micro
            spec: {boot: kernel}
            ---
            kind: Fleet
            name: web
            spec: {count: 2, template: {flavor: small, image: micro}, antiAffinity: {over: host}}
            """;

    private static final Caller AUDITOR =
            new Caller(UUID.nameUUIDFromBytes(new byte[1]), "somebody", Role.AUDITOR, Optional.empty(), "1");

    private static World world(DataSource source) {
        var world = new World(source, 1);
        world.apply(ESTATE);
        world.step();
        for (var host : List.of("h1", "h2", "h3")) world.attend(host);
        world.imageIsReady("micro");
        world.steps(12);
        return world;
    }

    private static CapacityAnswer ask(World world, Optional<String> site, Optional<String> flavor) {
        var register = new Register(world.database, world.kinds, world.resources, new Access(world.kinds, Set.of()));
        return new CapacityReport(register, world.resources, world.picture(), world.clock).now(AUDITOR, site, flavor);
    }

    @Test
    void whatIsSoldFreeInPiecesAndOutOfReach(@Database(World.Rooms.class) DataSource source) {
        var answer = ask(world(source), Optional.empty(), Optional.empty());

        var site = answer.sites().getFirst();
        assertThat(site.hosts()).isEqualTo(3);
        assertThat(site.open()).isEqualTo(2);
        assertThat(site.addresses()).isEqualTo(4);
        assertThat(site.fragmentedFor()).contains("whole");
        assertThat(site.rooms())
                .contains(
                        new CapacityAnswer.Room("threads", 12, 2, 0, 0, 6, 6, 4),
                        new CapacityAnswer.Room("memory", 3 * 4096, 1024, 0, 0, 2 * 3584, 2 * 3584, 4096),
                        new CapacityAnswer.Room("disk", 300, 20, 0, 0, 180, 180, 100));
        assertThat(site.products())
                .containsExactly(
                        new CapacityAnswer.Product(
                                "small", Optional.of(8), 0, 2, 2, 4, 0, 0), // room for 6, and addresses for 4
                        new CapacityAnswer.Product("whole", Optional.empty(), 0, 0, 0, 0, 0, 1));
        assertThat(answer.products()).contains(new CapacityAnswer.Product("small", Optional.of(10), 0, 2, 2, 4, 0, 0));
        assertThat(site.forecast().words()).isEqualTo("0 days of history; a forecast takes at least 14");
    }

    @Test
    void roomForTheMachinesOfAFailureIsHeld(@Database(World.Rooms.class) DataSource source) {
        var world = world(source);
        world.apply("""
                kind: Instance
                name: safe
                spec: {flavor: small, image: micro, placement: {survives: [host]}}
                """);
        world.steps(6);
        var site = ask(world, Optional.empty(), Optional.empty()).sites().getFirst();
        assertThat(site.rooms().getFirst()).isEqualTo(new CapacityAnswer.Room("threads", 12, 3, 0, 1, 4, 4, 4));
    }

    @Test
    void oneFlavorSaysWhatIsFragmentedForIt(@Database(World.Rooms.class) DataSource source) {
        var world = world(source);
        var site = ask(world, Optional.of("par1"), Optional.of("small")).sites().getFirst();
        assertThat(site.rooms().getFirst()).isEqualTo(new CapacityAnswer.Room("threads", 12, 2, 0, 0, 6, 0, 4));
        assertThatThrownBy(() -> ask(world, Optional.of("par9"), Optional.empty()))
                .hasMessageContaining("site/par9");
        assertThatThrownBy(() -> ask(world, Optional.empty(), Optional.of("tiny")))
                .hasMessageContaining("flavor/tiny");
    }

    @Test
    void theHourIsWrittenDownOnceAndThePastTellsWhenRoomRunsOut(@Database(World.Rooms.class) DataSource source) {
        var world = world(source);
        var loop = new CapacityLoop(world.database, world.resources, world.picture(), world.clock);
        loop.pass();
        loop.pass();
        List<Long> claimed = world.database.read(tx ->
                tx.query("select claimed from compute.capacity where what = 'threads'", row -> row.number("claimed")));
        assertThat(claimed).containsExactly(2L);

        var today = world.clock.now().truncatedTo(ChronoUnit.DAYS);
        for (int day = 20; day >= 1; day--) past(world, today.minus(day, ChronoUnit.DAYS), 12, 21 - day);
        var forecast = ask(world, Optional.empty(), Optional.empty())
                .sites()
                .getFirst()
                .forecast();
        assertThat(forecast.what()).contains("threads");
        assertThat(forecast.days()).isEqualTo(20);
        assertThat(forecast.perDay()).contains(1.0);
        assertThat(forecast.words()).startsWith("threads about ").contains("1.0 more a day, by 20 days of history");
    }

    /** As the document has it, product by product: "Capacité par Produit". */
    @Test
    void theTableOfVmcloud(@Database(World.Rooms.class) DataSource source) throws IOException {
        var world = new World(source, 1);
        for (var file : List.of("10-estate.yaml", "20-compute.yaml"))
            world.apply(Files.readString(Path.of("../../examples/vmcloud", file)));
        world.step();
        var answer = ask(world, Optional.empty(), Optional.empty());
        var table = answer.products().stream()
                .map(product -> "%s %s%s: %s"
                        .formatted(
                                product.flavor(),
                                product.offered().orElse(0),
                                product.planned() > 0 ? " and " + product.planned() + " planned" : "",
                                sites(answer, product.flavor())))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(table).isEqualTo("""
                gpu-a100 8 and 4 planned: mad1 4 planned, par1 8
                gpu-rtx4090 14 and 6 planned: ams1 4, fra1 6, mil1 6 planned, par1 4
                gpu-t4 20: ams1 4, fra1 6, lon1 4, par1 6
                vps-business 80: ams1 20, fra1 25, lon1 10, par1 25
                vps-enterprise 40: -
                vps-nano 400: ams1 100, fra1 150, lon1 50, par1 100
                vps-performance 150: ams1 40, fra1 50, lon1 20, par1 40
                vps-starter 250: ams1 70, fra1 80, lon1 30, par1 70
                """);
    }

    private static String sites(CapacityAnswer answer, String flavor) {
        var sites = new ArrayList<String>();
        for (var site : answer.sites()) {
            for (var its : site.products()) {
                if (!its.flavor().equals(flavor)) continue;
                its.offered().ifPresent(count -> sites.add(site.site() + " " + count));
                if (its.planned() > 0) sites.add("%s %d planned".formatted(site.site(), its.planned()));
            }
        }
        return sites.isEmpty() ? "-" : String.join(", ", sites);
    }

    private static void past(World world, Instant hour, long total, long claimed) {
        world.database.change(
                Actor.ROOM,
                tx -> tx.change(
                        "insert into compute.capacity values ('par1', 'threads', :hour, :total, :claimed, 0)",
                        "hour",
                        hour,
                        "total",
                        total,
                        "claimed",
                        claimed));
    }

    @Test
    void whatIsReservedIsNeitherClaimedNorFree(@Database(World.Rooms.class) DataSource source) {
        var world = world(source);
        world.apply(
                "{kind: Reservation, name: soon, spec: {flavor: small, count: 3, until: '2026-02-01T00:00:00Z', placement: {survives: [host]}}}");
        world.steps(3);
        var threads = ask(world, Optional.empty(), Optional.empty())
                .sites()
                .getFirst()
                .rooms()
                .getFirst();
        assertThat(threads.claimed()).isEqualTo(2);
        assertThat(threads.reserved()).isEqualTo(3);
        assertThat(threads.free() + threads.held()).isEqualTo(3);
        assertThat(threads.held()).as("for places that survive").isPositive();
    }
}
