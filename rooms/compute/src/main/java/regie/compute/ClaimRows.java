package regie.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import regie.kernel.Tx;
import regie.placement.Place;

/** Rows of {@code compute.claim}, column by column, as they are written in one statement. */
final class ClaimRows {
    /** Goes in one statement with what makes their places, so that there is no place without claims, not for a moment. */
    static final String INSERT = """
            insert into compute.claim as c (instance, server, slot, amount)
            select * from unnest(:ofInstances, :atServers, :slots, :amounts)
            """;

    private final List<UUID> instances = new ArrayList<>();
    private final List<UUID> servers = new ArrayList<>();
    private final List<String> slots = new ArrayList<>();
    private final List<Long> amounts = new ArrayList<>();

    void add(UUID instance, Place place) {
        for (var take : place.takes()) {
            instances.add(instance);
            servers.add(place.host());
            slots.add(take.slot().toString());
            amounts.add(take.amount());
        }
    }

    /** The parameters of {@link #INSERT}, behind those of the statement that it is part of. */
    Object[] behind(Object... parameters) {
        var claims = new Object[] {"ofInstances", instances, "atServers", servers, "slots", slots, "amounts", amounts};
        return Stream.of(parameters, claims).flatMap(Arrays::stream).toArray();
    }

    /** Makes these the only claims of {@code all} on their servers. What is new comes first, so that none is ever without a claim. */
    void replace(Tx tx, Collection<UUID> all) {
        tx.change(INSERT + """
                on conflict (instance, server, slot) do update set amount = excluded.amount where c.amount <> excluded.amount
                """, behind());
        tx.change("""
                delete from compute.claim c using compute.allocation a
                 where c.instance = any(:instances) and a.instance = c.instance and a.server = c.server
                   and not exists (select from unnest(:ofInstances, :atServers, :slots) as kept (instance, server, slot)
                                    where kept.instance = c.instance and kept.server = c.server and kept.slot = c.slot)
                """, "instances", all, "ofInstances", instances, "atServers", servers, "slots", slots);
    }
}
