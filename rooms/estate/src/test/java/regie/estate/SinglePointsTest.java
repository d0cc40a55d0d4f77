package regie.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SinglePointsTest {
    private static final String SITE = """
            kind: Site
            name: par[1-2]
            spec: {country: FR, city: Paris}
            ---
            kind: Feed
            name: ups
            spec: {site: par1, capacityWatts: 60000}
            ---
            kind: Feed
            name: feed[1-2]
            spec: {site: par1, capacityWatts: 30000, upstream: [ups]}
            ---
            kind: Feed
            name: other
            spec: {site: par1, capacityWatts: 30000}
            ---
            kind: Rack
            name: r[1-2]
            spec: {site: par1, feeds: [feed1, other]}
            ---
            kind: Link
            name: out
            spec: {from: {site: par1}, to: {outside: internet}, medium: transit, capacityMbps: 1000, carrier: Cogent}
            ---
            kind: Link
            name: par1-par2
            spec: {from: {site: par1}, to: {site: par2}, medium: fibre, capacityMbps: 1000}
            ---
            kind: Link
            name: out2
            spec: {from: {site: par2}, to: {outside: internet}, medium: transit, capacityMbps: 1000, carrier: Cogent}
            ---
            kind: Server
            name: h[01-12]
            spec:
              site: par1
              rack: r1
              numa: [{threads: 8, memoryMiB: 16384}]
              powerSupplies: [{feed: feed1, watts: 200}, {feed: feed2, watts: 200}]
            ---
            kind: Server
            name: room
            spec: {site: par1, rack: r2, numa: [{threads: 8, memoryMiB: 16384}], controlRoom: [program]}
            """;

    @Test
    void eachComesWithWhatItHitsAndTheSmallestChange() {
        var fleet = new Group(Group.Sort.FLEET, "shop/web", List.of("h01", "h02"), Optional.of("par1"), Set.of());
        var alone = new Group(Group.Sort.FLEET, "shop/one", List.of("h01"), Optional.empty(), Set.of());
        var guarded = new Group(
                Group.Sort.FLEET, "shop/safe", List.of("h03", "h04"), Optional.empty(), Set.of(Element.Kind.values()));
        var found = SinglePoints.find(Drawn.graph(SITE), List.of(fleet, alone, guarded));
        var told = new StringBuilder();
        for (var point : found) {
            told.append("%s (%d)\n".formatted(point.element(), point.hits().size()));
            point.changes().forEach(change -> told.append("  ").append(change).append('\n'));
        }
        assertThat(told.toString()).isEqualTo("""
                site/par1 (2)
                  a second server with the control room's program at another site than par1
                  one member of fleet shop/web at another site than par1 (today all are tied to site par1)
                rack/r1 (1)
                  one member of fleet shop/web in another rack than r1
                rack/r2 (1)
                  a second server with the control room's program in another rack than r2
                feed/ups (13)
                  feed feed2 from another source than feed/ups
                  one member of fleet shop/web on a server that stays live without feed/ups
                carrier/Cogent (15)
                  a second link out of site par1, of another carrier than Cogent
                  a second server with the control room's program on a server that stays in reach without carrier/Cogent
                  one member of fleet shop/web on a server that stays in reach without carrier/Cogent
                server/room (1)
                  a second server with the control room's program on another server than room
                """);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsFoundIsWhatIsMissingWhenEachThingIsTakenAway(long seed) {
        var made = RandomEstate.of(seed);
        var fleets = made.groups().stream()
                .filter(group -> group.sort() == Group.Sort.FLEET)
                .toList();
        var found = SinglePoints.find(new EstateGraph(made.estate()), fleets);
        assertThat(byName(found)).isEqualTo(new RemovalOracle(made.estate(), made.groups()).all());
    }

    static Map<String, Set<String>> byName(List<SinglePoint> points) {
        var byName = new HashMap<String, Set<String>>();
        for (var point : points) {
            var hits = new TreeSet<String>();
            for (var hit : point.hits()) hits.add("%s/%s %s".formatted(hit.kind(), hit.name(), hit.how()));
            byName.put(point.element().toString(), hits);
        }
        return byName;
    }
}
