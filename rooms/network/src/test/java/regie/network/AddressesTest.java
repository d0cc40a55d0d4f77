package regie.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.Check;
import regie.kernel.Fault;
import regie.testing.Database;

class AddressesTest {
    private NetworkWorld world;

    AddressesTest() {}

    @BeforeEach
    void build(@Database(NetworkWorld.Tables.class) DataSource source) {
        world = new NetworkWorld(source);
    }

    @Test
    void addressesAreGivenInOrderAndNeverTheGateway() {
        var network = world.network("front", "10.77.1.0/24", "10.77.1.11", "10.77.1.10", "10.77.1.13");

        var given = world.take(network, NetworkWorld.owners(3));

        assertThat(given.values())
                .extracting(Address::ip)
                .containsExactlyInAnyOrder("10.77.1.10", "10.77.1.12", "10.77.1.13");
    }

    @Test
    void whoHasOneKeepsItWithItsMac() {
        var network = small();
        var owners = NetworkWorld.owners(3);
        var first = world.take(network, owners.subList(0, 2));

        var again = world.take(network, owners);

        assertThat(again).containsAllEntriesOf(first).hasSize(3);
        assertThat(world.of(owners.subList(0, 1)))
                .isEqualTo(Map.of(owners.getFirst(), List.of(first.get(owners.getFirst()))));
    }

    @Test
    void aReleasedAddressComesBackOnlyWhenAllBehindItWereGiven() {
        var network = small();
        var owners = NetworkWorld.owners(7);
        world.take(network, owners.subList(0, 2));
        world.release(owners.subList(0, 1));

        var turns = IntStream.range(2, 7)
                .mapToObj(at -> world.take(network, owners.subList(at, at + 1)).values().stream()
                        .map(Address::ip)
                        .findFirst()
                        .orElse("none"))
                .toList();

        assertThat(turns).containsExactly("10.77.1.12", "10.77.1.13", "10.77.1.14", "10.77.1.10", "none");
    }

    @Test
    void aFreeAddressFarBehindThatIsTheOnlyOneIsFound() {
        var network = world.network("wide", "10.80.0.0/22", "10.80.0.1", "10.80.1.0", "10.80.2.255");
        var owners = NetworkWorld.owners(512);
        world.take(network, owners);
        var free = world.of(owners.subList(400, 401)).values().stream()
                .flatMap(List::stream)
                .map(Address::ip)
                .toList();
        world.release(owners.subList(400, 401));

        assertThat(world.take(network, NetworkWorld.owners(2)).values())
                .extracting(Address::ip)
                .containsExactlyElementsOf(free);
    }

    @Test
    void whereTheyAreUsedUpTheFirstOwnersGetTheRest() {
        var network = small();
        var owners = NetworkWorld.owners(8);

        var given = world.take(network, owners);

        assertThat(given.keySet()).containsExactlyInAnyOrderElementsOf(owners.subList(0, 5));
        assertThat(world.take(network, owners.subList(5, 8))).isEmpty();
    }

    @Test
    void whatIsFreeIsTheRangeLessWhatIsTakenInIt() {
        var network = small();
        var owners = NetworkWorld.owners(4);
        assertThat(free(network)).isEqualTo(5);

        world.take(network, owners);
        world.release(owners.subList(0, 1));
        assertThat(free(network)).isEqualTo(2);

        narrow(network, "10.77.1.13", "10.77.1.20");
        assertThat(free(network))
                .as("10.77.1.13 is taken, two others are outside")
                .isEqualTo(7);
        world.release(owners);
        assertThat(free(network)).isEqualTo(8);
    }

    private int free(UUID network) {
        return world.transact(tx -> Check.present(world.addresses
                .free(tx, world.resources.byUid(tx, Networks.KIND, List.of(network)))
                .get(network)));
    }

    @Test
    void anOwnerHasOneAddressInEachOfSeveralNetworks() {
        var front = small();
        var back = world.network("back", "10.77.2.0/24", "10.77.2.1", "10.77.2.10", "10.77.2.14");
        var owner = NetworkWorld.owners(1);

        var inFront = world.take(front, owner).get(owner.getFirst());
        var inBack = world.take(back, owner).get(owner.getFirst());

        assertThat(world.of(owner).get(owner.getFirst())).containsExactlyInAnyOrder(inFront, inBack);
        world.release(owner);
        assertThat(world.of(owner)).isEmpty();
    }

    @Test
    void aNetworkThatIsGoneGivesNothing() {
        assertThat(world.take(UUID.randomUUID(), NetworkWorld.owners(1))).isEmpty();
    }

    @Test
    void aRangeMovedElsewhereIsGivenFromItsStart() {
        var network = small();
        world.take(network, NetworkWorld.owners(3));

        narrow(network, "10.77.1.100", "10.77.1.101");

        assertThat(world.take(network, NetworkWorld.owners(1)).values())
                .extracting(Address::ip)
                .containsExactly("10.77.1.100");
    }

    /** Goal: no order of takers gives an address twice, loses one, or lets one lie. Method: 8 threads, 100 addresses, 160 owners. */
    @Test
    void eightThreadsTakingTheLastHundredGetExactlyHundred() throws Exception {
        var network = world.network("race", "10.78.0.0/22", "10.78.0.1", "10.78.1.1", "10.78.1.100");
        var takers = new ArrayList<Callable<List<Address>>>();
        for (int thread = 0; thread < 8; thread++) {
            takers.add(() -> IntStream.range(0, 5)
                    .boxed()
                    .flatMap(_ -> world.take(network, NetworkWorld.owners(4)).values().stream())
                    .toList());
        }

        var given = new ArrayList<Address>();
        try (var threads = Executors.newFixedThreadPool(takers.size())) {
            for (var result : threads.invokeAll(takers)) given.addAll(result.get());
        }

        assertThat(given).hasSize(100);
        assertThat(given).extracting(Address::ip).doesNotHaveDuplicates();
        assertThat(given).extracting(Address::mac).doesNotHaveDuplicates();
    }

    /** The largest network there may be: 24 bits of MAC are too few for 65,536 owners without a second choice. */
    @Test
    void aFullNetworkHasNoMacTwice() {
        var network = world.network("large", "10.0.0.0/15", "10.1.255.254", "10.0.0.1", "10.1.0.0");
        var owners = NetworkWorld.owners(65_536);

        var given = world.take(network, owners);

        assertThat(given).hasSize(65_536);
        var macs = new HashSet<String>();
        given.values().forEach(address -> macs.add(address.mac()));
        assertThat(macs).hasSize(65_536).allMatch(mac -> mac.matches("52:54:00(:[0-9a-f]{2}){3}"));
    }

    @Test
    void theDatabaseItselfRefusesAnAddressTwice() {
        var network = small();
        var given =
                world.take(network, NetworkWorld.owners(1)).values().iterator().next();

        assertThatThrownBy(() -> world.transact(
                        tx -> tx.change("""
                        insert into network.address (network, ip, owner, mac)
                        values (:network, :ip::inet, :owner, '52:54:00:00:00:01')
                        """, "network", network, "ip", given.ip(), "owner", UUID.randomUUID())))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("address_network_ip_key");
    }

    private void narrow(UUID network, String first, String last) {
        world.transact(tx -> {
            var now = world.resources.byUid(tx, Networks.KIND, List.of(network)).getFirst();
            var range = new NetworkSpec.Range(first, last);
            var moved = new NetworkSpec("par1", "10.77.1.0/24", "10.77.1.1", range, "br0", List.of());
            return world.resources.replace(tx, Networks.KIND, now, now.labels(), moved);
        });
    }

    private UUID small() {
        return world.network("front", "10.77.1.0/24", "10.77.1.1", "10.77.1.10", "10.77.1.14");
    }
}
