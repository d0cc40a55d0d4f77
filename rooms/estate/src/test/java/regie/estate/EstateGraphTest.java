package regie.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a loss takes along, as text: a line for each that falls, with what brings it down. */
class EstateGraphTest {
    /** Two feeds behind two panels, two racks, two routers with two carriers, and switches in front of the servers. */
    private static final String SITE = """
            kind: Site
            name: par1
            spec: {country: FR, city: Paris}
            ---
            kind: Feed
            name: panel-[1-2]
            spec: {site: par1, capacityWatts: 90000}
            ---
            kind: Feed
            name: par1-a
            spec: {site: par1, capacityWatts: 30000, upstream: [panel-1]}
            ---
            kind: Feed
            name: par1-b
            spec: {site: par1, capacityWatts: 30000, upstream: [panel-1, panel-2]}
            ---
            kind: Rack
            name: r[1-2]
            spec: {site: par1, room: cage, feeds: [par1-a, par1-b]}
            ---
            kind: Device
            name: edge[1-2]
            spec: {site: par1, rack: r$1, role: router}
            ---
            kind: Device
            name: sw[1-2]
            spec: {site: par1, rack: r$1, role: switch, powerSupplies: [{feed: par1-a, watts: 200}]}
            ---
            kind: Device
            name: array
            spec: {site: par1, rack: r2, role: storage}
            ---
            kind: Link
            name: sw[1-2]-up
            spec: {from: {device: sw$1}, to: {device: edge$1}, medium: copper, capacityMbps: 10000}
            ---
            kind: Link
            name: out[1-2]
            spec: {from: {device: edge$1}, to: {outside: internet}, medium: transit, capacityMbps: 10000, carrier: Cogent}
            ---
            kind: Server
            name: h1
            spec:
              site: par1
              rack: r1
              numa: [{threads: 8, memoryMiB: 16384}]
              nics: [{name: eth0, speedMbps: 1000, device: sw1}]
              powerSupplies: [{feed: par1-a, watts: 200}, {feed: par1-b, watts: 200}]
            ---
            kind: Server
            name: h2
            spec:
              site: par1
              rack: r2
              numa: [{threads: 8, memoryMiB: 16384}]
              nics: [{name: eth0, speedMbps: 1000, device: sw1}, {name: eth1, speedMbps: 1000, device: sw2}]
              powerSupplies: [{feed: par1-b, watts: 200}]
              disks: [{name: sda, sizeGiB: 100, device: array}]
            """;

    private final EstateGraph graph = Drawn.graph(SITE);

    @Test
    void powerIsFollowedFromThePanelToTheSupplyAndWhatItSwitchesToTheServer() {
        assertThat(lose("feed/panel-1")).isEqualTo("""
                feed/panel-1 lost
                feed/par1-a dark (feed/panel-1)
                device/sw1 dark (feed/par1-a)
                device/sw2 dark (feed/par1-a)
                link/sw1-up down (device/sw1)
                link/sw2-up down (device/sw2)
                server/h1 cut-off (device/sw1)
                server/h2 cut-off (device/sw1 device/sw2)""");
        assertThat(lose("feed/panel-2")).isEqualTo("feed/panel-2 lost");
        assertThat(lose("feed/par1-b")).isEqualTo("""
                feed/par1-b lost
                server/h2 dark (feed/par1-b)""");
    }

    @Test
    void allThatStandsInARackARoomOrASiteGoesWithIt() {
        assertThat(lose("rack/r2")).isEqualTo("""
                rack/r2 lost
                device/array gone (rack/r2)
                device/edge2 gone (rack/r2)
                device/sw2 gone (rack/r2)
                link/out2 down (device/edge2)
                link/sw2-up down (device/edge2 device/sw2)
                server/h2 gone (rack/r2)""");
        assertThat(lose("room/par1/cage"))
                .contains("rack/r1 gone (room/par1/cage)")
                .contains("server/h1 gone (rack/r1)")
                .doesNotContain("feed");
        assertThat(lose("site/par1"))
                .contains("room/par1/cage gone (site/par1)")
                .contains("feed/par1-a gone (site/par1)")
                .contains("server/h1 gone (rack/r1)");
    }

    @Test
    void aCarrierTakesAllItsLinksAndADarkArrayThoseWhoseDisksItHolds() {
        assertThat(lose("carrier/Cogent")).isEqualTo("""
                carrier/Cogent lost
                link/out1 down (carrier/Cogent)
                link/out2 down (carrier/Cogent)
                server/h1 cut-off (link/out1 link/out2)
                server/h2 cut-off (link/out1 link/out2)""");
        assertThat(lose("device/array")).isEqualTo("""
                device/array lost
                server/h2 diskless (device/array)""");
    }

    @Test
    void lossesAddUp() {
        assertThat(lose("link/out1")).isEqualTo("link/out1 lost");
        assertThat(lose("link/out1", "link/out2"))
                .contains("server/h1 cut-off (link/out1 link/out2)")
                .contains("server/h2 cut-off (link/out1 link/out2)");
        assertThat(lose("device/edge1")).isEqualTo("""
                device/edge1 lost
                link/out1 down (device/edge1)
                link/sw1-up down (device/edge1)
                server/h1 cut-off (device/edge1)""");
    }

    @Test
    void whatWasOutBeforeIsNotLaidAtTheLossesDoor() {
        var dark = Drawn.graph(SITE + """
                ---
                kind: Feed
                name: circle-[1-2]
                spec: {site: par1, capacityWatts: 10, upstream: [circle-1, circle-2]}
                ---
                kind: Server
                name: h3
                spec:
                  site: par1
                  numa: [{threads: 8, memoryMiB: 16384}]
                  powerSupplies: [{feed: circle-1, watts: 200}]
                """);
        assertThat(dark.lose(List.of(new Element(Element.Kind.FEED, "circle-1")))
                        .fallen()
                        .keySet())
                .containsExactly(new Element(Element.Kind.FEED, "circle-1"));
    }

    @Test
    void whereNoOutsideIsDeclaredAnotherSiteStandsForIt() {
        var sites = Drawn.graph("""
                kind: Site
                name: s[1-4]
                spec: {country: FR, city: Paris}
                ---
                kind: Link
                name: s1-s[2-3]
                spec: {from: {site: s1}, to: {site: s$1}, medium: mpls, capacityMbps: 1000}
                ---
                kind: Server
                name: s[1-4]-h
                spec: {site: s$1, numa: [{threads: 8, memoryMiB: 16384}]}
                """);
        var fallen = sites.lose(List.of(new Element(Element.Kind.SITE, "s1"))).fallen();
        assertThat(told(new Loss(java.util.Set.of(), fallen))).contains("server/s2-h cut-off (site/s1)");
        assertThat(fallen).doesNotContainKey(new Element(Element.Kind.SERVER, "s4-h"));
    }

    @Test
    void wordsThatNameNothingAreRefusedWithTheNearest() {
        assertThatThrownBy(() -> graph.named(List.of("feed/par1-c")))
                .hasMessageEndingWith("There is no feed/par1-c in the estate; did you mean par1-a?");
        assertThatThrownBy(() -> graph.named(List.of("pump/x"))).hasMessageContaining("expected KIND/NAME");
        assertThatThrownBy(() -> graph.named(List.of())).hasMessageContaining("Nothing is named");
        assertThat(graph.named(List.of("Feeds/par1-a", "room/par1/cage")))
                .containsExactly(new Element(Element.Kind.ROOM, "par1/cage"), new Element(Element.Kind.FEED, "par1-a"));
    }

    private String lose(String... words) {
        return told(graph.lose(graph.named(List.of(words))));
    }

    private static String told(Loss loss) {
        return loss.fallen().entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + regie.kernel.Json.name(entry.getValue().fate())
                        + (entry.getValue().because().isEmpty()
                                ? ""
                                : entry.getValue().because().stream()
                                        .map(Element::toString)
                                        .collect(Collectors.joining(" ", " (", ")"))))
                .collect(Collectors.joining("\n"));
    }
}
