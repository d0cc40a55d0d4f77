package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.identity.Access;
import regie.identity.Caller;
import regie.identity.Register;
import regie.identity.Role;
import regie.testing.Database;

/** What would come of a loss, on machines that really were placed; and that asking changes nothing. */
class WhatIfTest {
    private static final String ESTATE = """
            kind: Site
            name: par1
            spec: {country: FR, city: Paris}
            ---
            kind: Feed
            name: feed-a
            spec: {site: par1, capacityWatts: 1000}
            ---
            kind: Feed
            name: feed-b
            spec: {site: par1, capacityWatts: 1000}
            ---
            kind: Device
            name: switch
            spec: {site: par1, role: switch, powerSupplies: [{feed: feed-a, watts: 10}, {feed: feed-b, watts: 10}]}
            ---
            kind: Link
            name: out-[1-2]
            spec: {from: {site: par1}, to: {outside: internet}, medium: transit, capacityMbps: 1000, carrier: carrier $1}
            ---
            kind: Server
            name: h1
            spec:
              site: par1
              hypervisor: simulated
              numa: [{threads: 4, memoryMiB: 4096}]
              powerSupplies: [{feed: feed-a, watts: 100}]
            ---
            kind: Server
            name: h2
            spec:
              site: par1
              hypervisor: simulated
              numa: [{threads: 4, memoryMiB: 4096}]
              nics: [{name: eth0, speedMbps: 1000, device: switch}]
              powerSupplies: [{feed: feed-b, watts: 100}]
            ---
            kind: Server
            name: db[1-2]
            labels: {service: oracle}
            spec:
              site: par1
              hypervisor: none
              numa: [{threads: 4, memoryMiB: 4096}]
              powerSupplies: [{feed: feed-a, watts: 100}]
              controlRoom: [database]
            ---
            kind: Network
            name: guests
            spec: {site: par1, cidr: 10.1.0.0/24, gateway: 10.1.0.1, range: {first: 10.1.0.10, last: 10.1.0.99}}
            ---
            kind: Flavor
            name: small
            spec: {vcpus: 1, memoryMiB: 512}
            ---
            kind: Image
            name: micro
            spec: {boot: kernel}
            ---
            kind: Fleet
            name: web
            spec: {count: 4, template: {flavor: small, image: micro}, antiAffinity: {over: host}}
            ---
            kind: Instance
            name: alone
            spec: {flavor: small, image: micro}
            """;

    private World world;
    private WhatIf whatIf;

    @BeforeEach
    void open(@Database(World.Rooms.class) DataSource source) {
        world = new World(source, 1);
        world.apply(ESTATE);
        world.step();
        for (var host : List.of("h1", "h2")) world.attend(host);
        world.imageIsReady("micro");
        world.steps(12);
        var access = new Access(world.kinds, Set.of());
        whatIf = new WhatIf(
                new Register(world.database, world.kinds, world.resources, access), world.resources, world.picture());
    }

    private static Caller caller(Role role) {
        var project = role == Role.MEMBER ? Optional.of("default") : Optional.<String>empty();
        return new Caller(UUID.nameUUIDFromBytes(new byte[1]), "somebody", role, project, "1");
    }

    private WhatIfAnswer lose(String... lost) {
        return whatIf.lose(caller(Role.AUDITOR), List.of(lost));
    }

    /** Nobody is there, so nobody is lost; but who returns finds its room taken, unless it was lost too. */
    @Test
    void whatIsReservedIsRoomThatNobodyReturnsTo() {
        world.apply(
                "{kind: Reservation, name: soon, spec: {flavor: small, count: 1, until: '2026-02-01T00:00:00Z', placement: {survives: [host]}}}");
        world.steps(3);

        var keeper = world.database.read(tx -> tx.first(
                        "select name from compute.host h join compute.reserved r on r.server = h.server",
                        row -> row.text("name"))
                .orElseThrow());
        var answer = lose("server/h1");

        assertThat(answer.machines()).hasSize((int) on("h1"));
        int left = 4 - (int) on("h2") - (keeper.equals("h2") ? 1 : 0);
        assertThat(answer.totals().lost()).isEqualTo((int) on("h1") - left);
    }

    @Test
    void machinesReturnWhereThereIsRoomAndTheOthersSayWhyNot() {
        var before = world.story();

        var answer = lose("feed/feed-a");

        int free = Math.min((int) on("h1"), 4 - (int) on("h2"));
        assertThat(answer.totals()).isEqualTo(new WhatIfAnswer.Totals(4, 3, 0, 0, 5, free, (int) on("h1") - free, 0));
        assertThat(answer.machines()).allMatch(machine -> machine.server().equals("h1"));
        assertThat(answer.machines().stream().filter(machine -> machine.fate() == WhatIfAnswer.Fate.RETURNS))
                .hasSize(free)
                .allMatch(machine -> machine.to().equals(Optional.of("h2")));
        assertThat(answer.machines().stream().filter(machine -> machine.fate() == WhatIfAnswer.Fate.LOST))
                .allMatch(machine -> machine.why().orElse("").contains("of 2 hosts"));
        assertThat(answer.services()).containsExactly(new WhatIfAnswer.Service("oracle", 2, 2));
        assertThat(answer.controlRoom()).containsExactly(new WhatIfAnswer.Service("database", 2, 2));
        assertThat(world.story()).as("asking changes nothing").isEqualTo(before);
    }

    @Test
    void whoWasPromisedToSurviveReturnsToTheRoomThatIsHeldForIt() {
        world.apply("""
                kind: Instance
                name: alone
                spec: {flavor: small, image: micro, placement: {survives: [host]}}
                """);
        world.steps(3);
        var host = world.instance("alone").status().host().orElseThrow();
        var answer = lose("server/" + host);
        assertThat(answer.machines())
                .filteredOn(machine -> machine.key().name().equals("alone"))
                .singleElement()
                .satisfies(machine -> {
                    assertThat(machine.fate()).isEqualTo(WhatIfAnswer.Fate.RETURNS);
                    assertThat(machine.foreseen()).isTrue();
                });
        assertThat(answer.totals().lost())
                .as("three and two machines on two hosts of four threads")
                .isBetween(0, 1);
    }

    @Test
    void whoIsCutOffRunsOnAndIsStartedNowhereElse() {
        var answer = lose("device/switch");
        assertThat(answer.totals().serversCutOff()).isEqualTo(1);
        assertThat(answer.totals().cutOff()).isEqualTo((int) on("h2"));
        assertThat(answer.machines()).allMatch(machine -> machine.fate() == WhatIfAnswer.Fate.CUT_OFF);
        assertThat(answer.fallen()).anySatisfy(fallen -> {
            assertThat(fallen.element()).isEqualTo("server/h2");
            assertThat(fallen.because()).containsExactly("device/switch");
        });
    }

    @Test
    void fleetsAndProjectsAddUp() {
        var answer = lose("site/par1");
        assertThat(answer.totals().lost()).isEqualTo(5);
        assertThat(answer.fleets()).containsExactly(new WhatIfAnswer.Fleet("default", "web", 4, 0, 0, 4, 0));
        assertThat(answer.projects()).containsExactly(new WhatIfAnswer.Project("default", 5, 0, 0, 5, 0));
    }

    @Test
    void singlePointsNameTheFleetThatStandsBehindOneOnly() {
        var found = whatIf.singlePoints(caller(Role.OPERATOR));
        assertThat(found.examined()).isEqualTo(12);
        assertThat(found.items().stream().map(point -> point.element() + " " + point.changes()))
                .containsExactly(
                        "site/par1 [one server of service oracle at another site than par1, "
                                + "a second server with the control room's database at another site than par1, "
                                + "one member of fleet default/web at another site than par1]",
                        "feed/feed-a [a second power supply of server db[1-2], h1 on feed feed-b, "
                                + "one server of service oracle on a server that stays live without feed/feed-a, "
                                + "a second server with the control room's database on a server that stays live without feed/feed-a]",
                        "feed/feed-b [a second power supply of server h2 on feed feed-a]",
                        "device/switch [a second port of server h2, cabled to another device than switch]");
    }

    @Test
    void membersMayNotLookAtTheWholeEstate() {
        assertThatThrownBy(() -> whatIf.lose(caller(Role.MEMBER), List.of("site/par1")))
                .hasMessageContaining("may not read the whole estate");
        assertThatThrownBy(() -> lose("feed/feed-c")).hasMessageContaining("did you mean feed-");
    }

    private long on(String host) {
        return world.instances().stream()
                .filter(each -> each.status().host().equals(Optional.of(host)))
                .count();
    }
}
