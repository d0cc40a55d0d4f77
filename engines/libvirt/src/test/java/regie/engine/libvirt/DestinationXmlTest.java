package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Layout;
import regie.agent.contract.Layout.Cell;

/** What a guest is bound to is the place that awaits it; what it sees stays. */
final class DestinationXmlTest {
    private static final String LIVE = """
            <domain type='qemu' id='3'>
              <metadata><regie:guest xmlns:regie='x' epoch='1'/></metadata>
              <vcpu placement='static'>4</vcpu>
              <cputune>
                <vcpupin vcpu='0' cpuset='3'/>
                <emulatorpin cpuset='3'/>
              </cputune>
              <numatune>
                <memory mode='strict' nodeset='0-1'/>
                <memnode cellid='0' mode='strict' nodeset='0'/>
                <memnode cellid='1' mode='strict' nodeset='1'/>
              </numatune>
              <cpu mode='custom'>
                <numa>
                  <cell id='0' cpus='0-1' memory='1048576' unit='KiB'/>
                  <cell id='1' cpus='2-3' memory='1048576' unit='KiB'/>
                </numa>
              </cpu>
              <source file='/here/disk'/>
            </domain>
            """;

    @Test
    void threadsAndNodesAreThoseOfTheOtherHost() throws Exception {
        var place = tuning(List.of(9, 8, 5, 4), new Cell(2, 2, 1024), new Cell(3, 2, 1024))
                .place(4);
        assertThat(write(place))
                .doesNotContain("cpuset='3'", "nodeset='0-1'", "nodeset='0'")
                .contains("<vcpu>4</vcpu><cputune><vcpupin vcpu='0' cpuset='9'/>")
                .contains("<memory mode='strict' nodeset='2,3'/><memnode cellid='0' mode='strict' nodeset='2'/>")
                .contains("<cell id='1' cpus='2-3' memory='1048576' unit='KiB'/>")
                .contains("<source file='/there/disk'/>", "epoch='2'");
    }

    @Test
    void guestThatSeesTwoNodesIsBoundToTheOneItComesTo() throws Exception {
        var place = tuning(List.of(9, 8, 7, 6), new Cell(2, 4, 2048)).place(4);
        assertThat(write(place))
                .contains("<numatune><memory mode='strict' nodeset='2'/></numatune>")
                .doesNotContain("memnode")
                .contains("<cell id='0'", "<cell id='1'");
    }

    @Test
    void sharedGuestIsKeptOffThreadsThatOthersHaveThere() throws Exception {
        var layout = new Layout(Layout.Cpu.SHARED, 0, List.of(new Cell(0, 4, 2048)), "", List.of(), 0);
        assertThat(write(new Tuning(layout, Pin.NONE, List.of(0, 1), false).place(4)))
                .contains("<vcpu placement='static' cpuset='0,1'>4</vcpu>")
                .doesNotContain("cputune", "numatune");
    }

    @Test
    void agentThatTellsNoPlaceChangesNone() throws Exception {
        assertThat(write("")).contains("<vcpupin vcpu='0' cpuset='3'/>", "nodeset='0-1'");
    }

    @Test
    void ticketCarriesThePlace() throws IOException {
        var place = tuning(List.of(9), new Cell(0, 1, 128)).place(1);
        var ticket = ticket(place);
        assertThat(Ticket.parse(ticket.text())).isEqualTo(ticket);
        assertThat(Ticket.parse(ticket("").text()).place()).isEmpty();
    }

    private static Tuning tuning(List<Integer> threads, Cell... cells) {
        var layout = new Layout(Layout.Cpu.DEDICATED, 0, List.of(cells), "", List.of(), 0);
        return new Tuning(layout, new Pin(threads, List.of(), List.of()), List.of(), true);
    }

    private static String write(String place) throws LibvirtError {
        return DestinationXml.write(LIVE, Map.of("disk", "/here/disk"), ticket(place));
    }

    private static Ticket ticket(String place) {
        var tag = "<regie:guest xmlns:regie='x' epoch='2'/>";
        return new Ticket("127.0.0.1:7072", "s3", "/run/regie", tag, place, Map.of("disk", "/there/disk"));
    }
}
