package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import regie.estate.ServerSpec;
import regie.kernel.Manifests;

class ServerRoomsTest {
    private static String rooms(String spec) {
        var manifest = "kind: Server\nname: h\nspec:\n" + spec.indent(2);
        var server = (ServerSpec) new Manifests(Specs.KINDS)
                .read("server.yaml", manifest, "default")
                .getFirst()
                .spec();
        return ServerRooms.of(server).stream()
                .map(room -> room.slot() + " " + room.total())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void everythingScarceHasASlot() {
        assertThat(rooms("""
                site: par1
                numa:
                  - {threads: 48, memoryMiB: 131072, hugepages: [{pageMiB: 1024, count: 64}]}
                  - {threads: 48, memoryMiB: 131072}
                disks:
                  - {name: nvme0n1, sizeGiB: 1000}
                  - {name: nvme1n1, sizeGiB: 1000, pool: fast}
                  - {name: nvme2n1, sizeGiB: 1000, pool: fast}
                nics: [{name: eno1, speedMbps: 25000, virtualFunctions: 64, numaNode: 1}, {name: eno2, speedMbps: 25000}]
                gpus: [{model: RTX 4090, numaNode: 1, count: 2}]
                reserve: {vcpus: 5, memoryMiB: 4096, diskGiB: 100}
                """)).isEqualTo("""
                threads@0 45
                memory@0 63488
                hugepages:1024@0 65536
                threads@1 46
                memory@1 129024
                disk:nvme0n1 900
                disk:fast 2000
                gpus:RTX_4090@1 2
                functions:eno1@1 64
                bandwidth 50000""");
    }

    @Test
    void overcommittedThreadsAreSoldSoManyTimes() {
        assertThat(rooms("""
                site: par1
                numa: [{threads: 16, memoryMiB: 65536}]
                reserve: {vcpus: 4, memoryMiB: 1024}
                overcommit: {vcpusPerThread: 4}
                """)).isEqualTo("threads@0 48\nmemory@0 64512\nbandwidth 0");
    }

    /** What the slots of a resource come to is what the server is said to have, whatever the shares. */
    @Test
    void whatIsHeldBackIsHeldBackOnce() {
        for (long total = 0; total <= 30; total++) {
            var left = ServerRooms.evenlyOff(List.of(3L, 17L, 0L, 10L), total);
            assertThat(left).allMatch(amount -> amount >= 0);
            assertThat(left.stream().mapToLong(amount -> amount).sum()).isEqualTo(30 - total);
        }
        assertThat(ServerRooms.evenlyOff(List.of(8L, 8L, 8L), 8)).containsExactly(5L, 5L, 6L);
    }
}
