package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.compute.AntiAffinity.Domain;

class PlacementTest {
    private static final Claim ROOMY = new Claim(8, 8192, 100);

    private final Scene scene = new Scene();

    private void fleet(int count, Domain over, boolean required) {
        scene.fleet("web", count, Optional.of(new AntiAffinity(over, required)), FleetStatus.FRESH, false, Set.of());
    }

    @Test
    void theFullestHostThatFitsIsTaken() {
        scene.host("par1-a-h01", 8, 4096, 10).host("par1-a-h02", 2, 4096, 10).host("par1-a-h03", 1, 64, 10);
        scene.machine("one");
        assertThat(scene.told()).isEqualTo("""
                + place one on par1-a-h02 (1 vCPU, 128 MiB, 0 GiB)
                """);
    }

    @Test
    void roomTakenByOneIsNotGivenToTheNext() {
        scene.host("par1-a-h01", 2, 4096, 10);
        for (var name : new String[] {"one", "two", "three"}) scene.machine(name);
        assertThat(scene.told()).isEqualTo("""
                + place one on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                + place two on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                ! three no-room: no place for 1 vCPU, 128 MiB: of 1 host: 1 too few threads (0 left)
                """);
    }

    @Test
    void whoFindsNoHostIsToldWhyEachWillNotDo() {
        scene.host("par1-a-h01", false, Host.Presence.UP, ROOMY)
                .host("par1-a-h02", false, Host.Presence.SILENT, ROOMY)
                .host("par1-a-h03", 8, 64, 100)
                .host("par1-a-h04", true, Host.Presence.UP, ROOMY)
                .host("fra1-a-h01", true, Host.Presence.UP, ROOMY)
                .crowd("db", "par1-a-h04", 1);
        scene.machine("one").onlyAt("par1").apart("db", new AntiAffinity(Domain.HOST, true));
        assertThat(scene.told())
                .isEqualTo("! one no-room: no place for 1 vCPU, 128 MiB: of 5 hosts: 1 at another site (4 left),"
                        + " 2 closed to new guests (2 left), 1 too little memory (1 left),"
                        + " 1 in a host that already holds one of group shop/db (0 left)\n");
    }

    @Test
    void addressesCountAsRoomDoes() {
        scene.host("par1-a-h01", 8, 8192, 100).addresses("par1", 1);
        scene.machine("one");
        scene.machine("two");
        assertThat(scene.told()).isEqualTo("""
                + place one on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                ! two no-address: no address is free at any site; declare a larger Network there
                """);
    }

    @Test
    void withoutHostsNoneIsThere() {
        scene.machine("one");
        assertThat(scene.told()).isEqualTo("! one no-room: no place for 1 vCPU, 128 MiB: no host is known\n");
    }

    @Test
    void softFleetSpreadsOverSitesAsFarAsThereIsRoom() {
        scene.host("par1-a-h01", 8, 8192, 100).host("fra1-a-h01", 1, 8192, 100);
        fleet(3, Domain.SITE, false);
        assertThat(scene.told()).isEqualTo("""
                + enlist web-1
                + enlist web-2
                + enlist web-3
                + place web-1 on fra1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                + place web-2 on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                + place web-3 on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                """);
    }

    @Test
    void strictFleetRatherWaitsThanShares() {
        scene.host("par1-a-h01", 8, 8192, 100).host("par1-a-h02", 8, 8192, 100).host("par1-b-h03", 8, 8192, 100);
        fleet(3, Domain.RACK, true);
        assertThat(scene.told()).isEqualTo("""
                + enlist web-1
                + enlist web-2
                + enlist web-3
                + place web-1 on par1-a-h01 (1 vCPU, 128 MiB, 0 GiB)
                + place web-2 on par1-b-h03 (1 vCPU, 128 MiB, 0 GiB)
                ! web-3 no-room: no place for 1 vCPU, 128 MiB: of 3 hosts: 3 in a rack that already holds one of group shop/web (0 left)
                """);
    }

    @Test
    void racksOfOneNameAtTwoSitesAreTwo() {
        scene.host("par1-a-h01", 8, 8192, 100).host("fra1-a-h01", 8, 8192, 100);
        fleet(2, Domain.RACK, true);
        assertThat(scene.told()).contains("web-1 on fra1-a-h01", "web-2 on par1-a-h01");
    }
}
