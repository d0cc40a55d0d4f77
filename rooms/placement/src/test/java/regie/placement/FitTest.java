package regie.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FitTest {
    private static final Location PAR1 = Location.at("par1");
    private static final Host TWO_NODES = Estate.host(
            "h",
            PAR1,
            "threads@0=8",
            "memory@0=16384",
            "threads@1=12",
            "memory@1=16384",
            "disk:hdd=500",
            "disk:ssd=200");

    @Test
    void guestGoesToTheNodeThatIsLeftWithLeast() {
        assertThat(fit(TWO_NODES, Shape.of(4, 8192))).isEqualTo("h: threads@0 4, memory@0 8192");
        assertThat(fit(TWO_NODES, Shape.of(10, 8192))).isEqualTo("h: threads@1 10, memory@1 8192");
    }

    @Test
    void guestThatNoNodeHoldsIsSplitAsEvenlyAsItGoes() {
        assertThat(fit(TWO_NODES, Shape.of(14, 20480)))
                .isEqualTo("h: threads@0 7, threads@1 7, memory@0 10240, memory@1 10240");
        assertThat(fit(TWO_NODES, Shape.of(20, 20480)))
                .isEqualTo("h: threads@0 8, threads@1 12, memory@0 10240, memory@1 10240");
    }

    @Test
    void guestThatMustHaveOneNodeIsNotSplit() {
        assertThat(fit(TWO_NODES, shape(14, 8192, 0, 1)))
                .isEqualTo("of 1 host: 1 too few threads on one NUMA node (0 left)");
        assertThat(fit(TWO_NODES, shape(4, 20480, 0, 1)))
                .isEqualTo("of 1 host: 1 too little memory on one NUMA node (0 left)");
        assertThat(fit(TWO_NODES, shape(18, 8192, 0, 2)))
                .isEqualTo("of 1 host: 1 too few threads on 2 NUMA nodes (0 left)");
        assertThat(fit(TWO_NODES, shape(14, 8192, 0, 2)))
                .isEqualTo("h: threads@0 7, threads@1 7, memory@0 4096, memory@1 4096");
    }

    @Test
    void hugePagesComeOfTheNodesOwnPool() {
        var host = Estate.host(
                "h",
                PAR1,
                "threads@0=8",
                "memory@0=64",
                "hugepages:1024@0=4096",
                "threads@1=8",
                "memory@1=65536",
                "hugepages:2@1=4096");
        assertThat(fit(host, shape(2, 2048, 2, 0))).isEqualTo("h: threads@1 2, hugepages:2@1 2048");
        assertThat(fit(host, shape(2, 2048, 1024, 0))).isEqualTo("h: threads@0 2, hugepages:1024@0 2048");
        assertThat(fit(host, shape(2, 8192, 1024, 0)))
                .isEqualTo("of 1 host: 1 too little memory in pages of 1024 MiB (0 left)");
    }

    @Test
    void cardsAreNearWhereTheyMustBe() {
        var host = Estate.host(
                "h",
                PAR1,
                "threads@0=4",
                "memory@0=8192",
                "threads@1=16",
                "memory@1=65536",
                "gpus:A100@0=2",
                "gpus:A100@1=1");
        assertThat(fit(host, Estate.gpus(4, 4096, "A100", 2, true)))
                .isEqualTo("h: threads@0 4, memory@0 4096, gpus:A100@0 2");
        assertThat(fit(host, Estate.gpus(8, 4096, "A100", 2, false)))
                .isEqualTo("h: threads@1 8, memory@1 4096, gpus:A100@0 1, gpus:A100@1 1");
        assertThat(fit(host, Estate.gpus(8, 4096, "A100", 2, true)))
                .isEqualTo("h: threads@0 4, threads@1 4, memory@0 2048, memory@1 2048, gpus:A100@0 2");
        assertThat(fit(host, Estate.gpus(2, 4096, "A100", 4, false)))
                .isEqualTo("of 1 host: 1 too few GPUs of model A100 (0 left)");
        var oneNode = new Shape(8, 4096, 0, 1, 0, "", List.of(new Gpus("A100", 2)), true, 0, 0, Cpu.SHARED);
        assertThat(fit(host, oneNode)).isEqualTo("of 1 host: 1 too few GPUs of model A100 near one NUMA node (0 left)");
    }

    @Test
    void diskIsOfOnePoolAndFunctionsOfOneNic() {
        assertThat(fit(TWO_NODES, disk(150, ""))).isEqualTo("h: threads@0 1, memory@0 1024, disk:ssd 150");
        assertThat(fit(TWO_NODES, disk(150, "hdd"))).isEqualTo("h: threads@0 1, memory@0 1024, disk:hdd 150");
        assertThat(fit(TWO_NODES, disk(600, ""))).isEqualTo("of 1 host: 1 too little disk in one pool (0 left)");
        assertThat(fit(TWO_NODES, disk(1, "nvme"))).isEqualTo("of 1 host: 1 too little disk in pool nvme (0 left)");
        var nics = Estate.host(
                "h",
                PAR1,
                "threads@0=8",
                "memory@0=8192",
                "functions:eno1=8",
                "functions:eno2@0=4",
                "functions:eno3@0=6");
        assertThat(fit(nics, functions(4))).isEqualTo("h: threads@0 1, memory@0 1024, functions:eno2@0 4");
        assertThat(fit(nics, functions(7))).isEqualTo("h: threads@0 1, memory@0 1024, functions:eno1 7");
        assertThat(fit(nics, functions(9))).isEqualTo("of 1 host: 1 too few virtual functions on one NIC (0 left)");
    }

    @Test
    void bandwidthIsOfTheHost() {
        var host = Estate.host("h", PAR1, "threads@0=8", "memory@0=8192", "bandwidth=1000");
        var estate = new Estate().with(host);
        assertThat(estate.place(Estate.guest("one", bandwidth(700))))
                .isEqualTo("h: threads@0 1, memory@0 1024, bandwidth 700");
        assertThat(estate.place(Estate.guest("two", bandwidth(700))))
                .isEqualTo("of 1 host: 1 too little bandwidth (0 left)");
    }

    @Test
    void whatIsHeldIsNotGiven() {
        var estate = new Estate().with(TWO_NODES);
        estate.inventory.hold(TWO_NODES.id(), Slot.threads(0), 6);
        assertThat(estate.place(Estate.guest("one", Shape.of(4, 1024)))).isEqualTo("h: threads@1 4, memory@1 1024");
        estate.inventory.hold(TWO_NODES.id(), Slot.threads(0), 4);
        assertThat(estate.place(Estate.guest("two", Shape.of(4, 1024)))).isEqualTo("h: threads@0 4, memory@0 1024");
    }

    private static String fit(Host host, Shape shape) {
        return new Estate().with(host).place(Estate.guest("guest", shape));
    }

    private static Shape shape(int vcpus, long memoryMiB, int pageMiB, int numaNodes) {
        return new Shape(vcpus, memoryMiB, pageMiB, numaNodes, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
    }

    private static Shape disk(long diskGiB, String pool) {
        return new Shape(1, 1024, 0, 0, diskGiB, pool, List.of(), false, 0, 0, Cpu.SHARED);
    }

    private static Shape functions(int count) {
        return new Shape(1, 1024, 0, 0, 0, "", List.of(), false, count, 0, Cpu.SHARED);
    }

    private static Shape bandwidth(int mbps) {
        return new Shape(1, 1024, 0, 0, 0, "", List.of(), false, 0, mbps, Cpu.SHARED);
    }
}
