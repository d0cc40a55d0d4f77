package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.agent.contract.Claim;
import regie.kernel.Check;
import regie.kernel.Declared;
import regie.kernel.Selection;

/** What a {@link World} comes to, by arithmetic of its own over what the ledger holds and what the hosts run. */
record Reckoning(World world) {
    void assertNothingRunsTwice() {
        world.running()
                .forEach(
                        (uid, where) -> assertThat(where).as("hosts of %s", uid).hasSize(1));
    }

    /** Does its own arithmetic, once over what the ledger holds and once over what the hosts run. */
    void assertNoHostIsOversold() {
        var sold = world.database.read(tx -> tx.query("""
                select h.name, s.slot, s.total, s.claimed, coalesce(sum(c.amount), 0) as amount
                  from compute.host h join compute.slot s on s.server = h.server
                  left join compute.claim c on c.server = s.server and c.slot = s.slot
                 group by h.server, s.server, s.slot
                """, row -> {
            var slot = row.text("slot") + " of " + row.text("name");
            assertThat(row.number("amount")).as("sold of " + slot).isLessThanOrEqualTo(row.number("total"));
            assertThat(row.number("amount")).as("counted of " + slot).isEqualTo(row.number("claimed"));
            return true;
        }));
        assertThat(sold).isNotEmpty();
        var astray = world.database.read(tx -> tx.query("""
                select coalesce(c.instance, a.instance) as instance from compute.claim c
                  full join compute.seat a on a.instance = c.instance and a.server = c.server
                 where c.instance is null or a.instance is null
                """, row -> row.uuid("instance")));
        assertThat(astray)
                .as("places without claims, and claims without a place")
                .isEmpty();
    }

    /** What a host has left by the sum of its allocations. */
    Claim left(String host) {
        return world.database
                .read(tx -> tx.query(
                        """
                        with room as (
                          select s.slot, s.total - coalesce((select sum(amount) from compute.claim c
                                                              where c.server = s.server and c.slot = s.slot), 0) as free
                            from compute.slot s join compute.host h on h.server = s.server where h.name = :host)
                        select coalesce(sum(free) filter (where slot like 'threads@%'), 0) as vcpus,
                               coalesce(sum(free) filter (where slot like 'memory@%'), 0) as memory,
                               coalesce(sum(free) filter (where slot like 'disk:%'), 0) as disk
                          from room
                        """,
                        row -> new Claim(row.integer("vcpus"), row.number("memory"), row.number("disk")), "host", host))
                .getFirst();
    }

    /** What the ledger, the network or a host still knows of machines that are no more; empty once all has come to rest. */
    List<String> leftBehind() {
        var living = world.instances().stream().map(Declared::uid).toList();
        var left = new ArrayList<>(world.database.read(
                tx -> tx.query("""
                select what, instance from (
                  select 'a place of' as what, instance from compute.allocation
                  union all select 'a second place of', instance from compute.migration
                  union all select 'news of', instance from compute.seen
                  union all select 'an address of', owner from network.address) left_over (what, instance)
                 where not instance = any(:living)
                """, row -> row.text("what") + " " + row.uuid("instance"), "living", living)));
        world.hypervisors.forEach((host, hypervisor) -> World.observe(hypervisor).stream()
                .filter(guest -> !living.contains(guest.uid()))
                .forEach(guest -> left.add("%s on %s".formatted(guest.uid(), host))));
        return left;
    }

    /**
     * Machines that have claims of something else than what their flavor says, or of it on two hosts; empty once all has come to
     * rest. Who waits for room to grow may have what another flavor says.
     */
    List<String> claimedOtherwise() {
        var flavors = world.database.read(tx -> world.resources.list(tx, Compute.FLAVOR, Selection.ALL)).stream()
                .collect(Collectors.toMap(
                        Declared::name,
                        flavor -> new Claim(
                                flavor.spec().vcpus(),
                                flavor.spec().memoryMiB(),
                                flavor.spec().diskGiB())));
        var claimed = claimed();
        var otherwise = new ArrayList<String>();
        for (var each : world.instances()) {
            var has = Optional.ofNullable(claimed.get(each.uid()));
            var wanted = each.status()
                    .host()
                    .map(_ -> Check.present(flavors.get(each.spec().flavor())));
            boolean waits = has.isPresent() && !each.status().holds().isEmpty() && flavors.containsValue(has.get());
            if (!has.equals(wanted) && !waits)
                otherwise.add("%s has claims of %s instead of %s".formatted(each.name(), has, wanted));
        }
        return otherwise;
    }

    private Map<UUID, Claim> claimed() {
        var claimed = new HashMap<UUID, Claim>();
        world.database
                .read(tx -> tx.query(
                        """
                select instance, coalesce(sum(amount) filter (where slot like 'threads@%'), 0) as vcpus,
                       coalesce(sum(amount) filter (where slot like 'memory@%'), 0) as memory,
                       coalesce(sum(amount) filter (where slot like 'disk:%'), 0) as disk
                  from compute.claim group by instance
                """,
                        row -> Map.entry(
                                row.uuid("instance"),
                                new Claim(row.integer("vcpus"), row.number("memory"), row.number("disk")))))
                .forEach(each -> claimed.put(each.getKey(), each.getValue()));
        return claimed;
    }
}
