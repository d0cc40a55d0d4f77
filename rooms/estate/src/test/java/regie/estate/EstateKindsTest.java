package regie.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Wanted;

class EstateKindsTest {
    private final Manifests manifests = new Manifests(
            new Kinds(List.of(Sites.KIND, Sites.RACK, Sites.FEED, Servers.KIND, Devices.KIND, Devices.LINK)));

    @Test
    void aServerOfferedLessItsReserve() {
        var server = (ServerSpec) read("""
                kind: Server
                name: par1-h01
                spec:
                  site: par1
                  rack: par1-r01
                  position: 12
                  numa: [{threads: 32, memoryMiB: 262144}, {threads: 32, memoryMiB: 262144}]
                  disks:
                    - {name: nvme0n1, sizeGiB: 14304, media: nvme}
                    - {name: sda, sizeGiB: 400}
                  nics:
                    - {name: eno1, speedMbps: 25000, device: par1-sw1, virtualFunctions: 64}
                    - {name: eno2, speedMbps: 25000}
                  gpus: [{model: A100, numaNode: 1, count: 4}]
                  powerSupplies: [{feed: par1-a, watts: 1400}, {feed: par1-b, watts: 1400}]
                  bmc: {address: 10.9.0.11}
                  reserve: {vcpus: 4, memoryMiB: 16384, diskGiB: 100}
                """).spec();

        assertThat(server.capacity()).isEqualTo(new Capacity(60, 524_288 - 16_384, 14_604));
        assertThat(server.hypervisor()).isEqualTo(ServerSpec.Hypervisor.LIBVIRT);
        assertThat(server.disks().get(1).media()).isEqualTo(ServerSpec.Media.SSD);
        assertThat(server.references().stream().map(each -> each.field() + "=" + each.kind() + "/" + each.name()))
                .containsExactly(
                        "site=Site/par1",
                        "rack=Rack/par1-r01",
                        "powerSupplies.0.feed=Feed/par1-a",
                        "powerSupplies.1.feed=Feed/par1-b",
                        "nics.0.device=Device/par1-sw1");
    }

    @Test
    void whatHangsOnWhatIsAReference() {
        var feed = (FeedSpec) read("""
                kind: Feed
                name: par1-r01-a
                spec: {site: par1, capacityWatts: 7000, upstream: [par1-a, par1-b]}
                """).spec();
        var server = (ServerSpec) read("""
                kind: Server
                name: par1-db1
                spec:
                  site: par1
                  hypervisor: none
                  numa: [{threads: 32, memoryMiB: 262144}]
                  disks: [{name: sda, sizeGiB: 400}, {name: sdb, sizeGiB: 4000, device: par1-filer}]
                  controlRoom: [program, database]
                """).spec();

        assertThat(feed.references().stream().map(each -> each.field() + "=" + each.kind() + "/" + each.name()))
                .containsExactly("site=Site/par1", "upstream.0=Feed/par1-a", "upstream.1=Feed/par1-b");
        assertThat(server.references().stream().map(each -> each.field() + "=" + each.kind() + "/" + each.name()))
                .containsExactly("site=Site/par1", "disks.1.device=Device/par1-filer");
        assertThat(server.controlRoom())
                .containsExactly(ServerSpec.ControlRoomPart.PROGRAM, ServerSpec.ControlRoomPart.DATABASE);
    }

    private Wanted read(String text) {
        return manifests.read("estate.yaml", text, "default").getFirst();
    }
}
