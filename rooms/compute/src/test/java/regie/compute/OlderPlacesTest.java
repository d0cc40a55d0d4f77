package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Json;
import regie.kernel.Migrations;
import regie.testing.Schema;
import regie.testing.TestDatabase;

/** A database of 0.1.0 with guests on it, brought up to this version. */
class OlderPlacesTest {
    static final class Older implements Schema {
        public Older() {}

        @Override
        public void migrate(DataSource database) {
            for (var room : List.of("kernel", "network")) Migrations.run(database, room);
            Migrations.runTo(database, "compute", "1");
        }
    }

    private static final String ESTATE = """
            {kind: Site, name: par1, spec: {country: FR, city: Paris}}
            ---
            kind: Server
            name: h
            spec:
              site: par1
              hypervisor: simulated
              numa: [{threads: 10, memoryMiB: 1000}, {threads: 10, memoryMiB: 1000}]
              disks: [{name: a, sizeGiB: 50}, {name: b, sizeGiB: 50}]
              reserve: {vcpus: 2, memoryMiB: 200}
            """;

    @Test
    void everyGuestFindsItsNodesAndNothingIsSoldTwice(@regie.testing.Database(Older.class) TestDatabase source) {
        var world = new World(source.dataSource(), 1);
        world.apply(ESTATE);
        var database = new Database(source.dataSource(), new Hints());
        var server = database.read(tx -> world.resources.get(tx, Servers.KIND, Servers.KIND.key("", "h")))
                .uid();
        // 18 threads in all, 9 a node: the third guest needs a part of each
        var claims = List.of(new Claim(6, 600, 40), new Claim(6, 600, 40), new Claim(6, 600, 20));
        var guests = sell(database, server, claims);

        Migrations.run(source.dataSource(), "compute");
        world.startRoom();
        new OlderPlaces(database, world.resources).seat();
        new OlderPlaces(database, world.resources).seat();
        world.step();

        world.reckoning.assertNoHostIsOversold();
        assertThat(world.reckoning.left("h")).isEqualTo(new Claim(0, 0, 0));
        var allocations = database.read(tx -> Ledger.allocations(tx, guests));
        assertThat(guests.stream()
                        .map(uid -> Places.inAll(
                                regie.kernel.Check.present(allocations.get(uid)).held())))
                .containsExactlyElementsOf(claims);
        assertThat(allocations.values())
                .allMatch(place -> place.held().equals(place.told().place()));
        assertThat(allocations.values().stream()
                        .map(place -> place.held().takes().stream()
                                .map(take -> take.slot().toString())
                                .collect(Collectors.joining(" "))))
                .containsExactlyInAnyOrder(
                        "threads@0 memory@0 disk:a",
                        "threads@1 memory@1 disk:b",
                        "threads@0 threads@1 memory@0 memory@1 disk:a disk:b");
        assertThat(world.database
                        .read(tx -> world.resources.get(tx, Servers.KIND, Servers.KIND.key("", "h")))
                        .status()
                        .holds())
                .isEmpty();
    }

    private static List<UUID> sell(Database database, UUID server, List<Claim> claims) {
        var uids = IntStream.range(0, claims.size())
                .mapToObj(_ -> Chance.SECURE.uuid())
                .sorted()
                .toList();
        database.change(Actor.ROOM, tx -> {
            tx.change("""
                    insert into compute.host (server, name, site, rack, schedulable, total_vcpus, total_memory_mib, total_disk_gib)
                    values (:server, 'h', 'par1', '', true, 18, 1800, 100)
                    """, "server", server);
            for (int at = 0; at < claims.size(); at++) {
                var claim = claims.get(at);
                tx.change(
                        """
                        insert into compute.allocation
                               (instance, server, epoch, claimed_vcpus, claimed_memory_mib, claimed_disk_gib, guest)
                        values (:instance, :server, 1, :vcpus, :memory, :disk, :guest::jsonb)
                        """,
                        "instance",
                        uids.get(at),
                        "server",
                        server,
                        "vcpus",
                        claim.vcpus(),
                        "memory",
                        claim.memoryMiB(),
                        "disk",
                        claim.diskGiB(),
                        "guest",
                        Json.write(Books.guest(uids.get(at), claim)));
            }
        });
        return uids;
    }
}
