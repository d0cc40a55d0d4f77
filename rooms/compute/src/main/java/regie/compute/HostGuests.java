package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.compute.InstanceSpec.Power;
import regie.kernel.Declared;
import regie.kernel.Key;
import regie.kernel.Resources;
import regie.kernel.Tx;

/** Who stands on which server, for those who empty servers and have to know when they are. */
public final class HostGuests {
    private HostGuests() {}

    /**
     * A machine that has its place on a server.
     *
     * @param runs whether something of it may run there; one that is shut off keeps its place and hinders nobody
     * @param stuck why it was not moved when its turn came; empty where it waits for its turn or is on its way
     */
    public record Standing(UUID instance, Key key, boolean runs, Optional<String> stuck) {}

    /**
     * By server, machines in order of project and name. One that is on its way is with both servers until the one that it left has
     * said that nothing of it is there.
     */
    public static Map<UUID, List<Standing>> on(Tx tx, Resources resources, Collection<UUID> servers) {
        record Place(UUID server, UUID instance, boolean second, Optional<String> stuck) {}
        var places = tx.query(
                """
                select a.server, a.instance, false as second,
                       (select m.why from compute.move m where m.list = a.server and m.instance = a.instance and m.state = 'FAILED'
                         order by m.place desc limit 1) as stuck
                  from compute.allocation a where a.server = any(:servers)
                union all
                select server, instance, true, null from compute.migration where server = any(:servers)
                """,
                row -> new Place(row.uuid("server"), row.uuid("instance"), row.flag("second"), row.maybeText("stuck")),
                "servers",
                servers);
        var machines = new HashMap<UUID, Declared<InstanceSpec, InstanceStatus>>();
        for (var machine : resources.byUid(
                tx,
                Compute.INSTANCE,
                new HashSet<>(places.stream().map(Place::instance).toList()))) machines.put(machine.uid(), machine);
        var on = new HashMap<UUID, List<Standing>>();
        for (var place : places) {
            var machine = Optional.ofNullable(machines.get(place.instance()));
            if (machine.isEmpty()) continue;
            on.computeIfAbsent(place.server(), _ -> new ArrayList<>())
                    .add(new Standing(
                            place.instance(),
                            machine.get().key(),
                            place.second() || Evacuation.mayRun(machine.get()),
                            place.stuck()));
        }
        on.values()
                .forEach(all -> all.sort(java.util.Comparator.comparing(
                        standing -> standing.key().toString())));
        return on;
    }

    /** By server, how many guests its agent says to run there that have no place there; servers without any are left out. */
    public static Map<UUID, Integer> strays(Tx tx, Collection<UUID> servers) {
        var strays = new HashMap<UUID, Integer>();
        tx.query("""
                select s.server, count(*) as guests from compute.seen s
                 where s.server = any(:servers) and s.state in ('STARTING', 'RUNNING')
                   and not exists (select from compute.allocation a where a.server = s.server and a.instance = s.instance)
                   and not exists (select from compute.migration m where m.server = s.server and m.instance = s.instance)
                 group by s.server
                """, row -> strays.put(row.uuid("server"), row.integer("guests")), "servers", servers);
        return strays;
    }

    /**
     * Shuts off those of {@code instances} that are to run; their places and disks are kept.
     *
     * @return those that it shut off
     */
    public static List<UUID> shutOff(Tx tx, Resources resources, Collection<UUID> instances) {
        return power(tx, resources, instances, Power.OFF);
    }

    /** Switches on those of {@code instances} that are still shut off. */
    public static List<UUID> switchOn(Tx tx, Resources resources, Collection<UUID> instances) {
        return power(tx, resources, instances, Power.ON);
    }

    private static List<UUID> power(Tx tx, Resources resources, Collection<UUID> instances, Power wanted) {
        var others = resources.byUid(tx, Compute.INSTANCE, instances).stream()
                .filter(machine -> !machine.deleting() && machine.spec().power() != wanted)
                .toList();
        resources.replace(
                tx,
                Compute.INSTANCE,
                others.stream()
                        .map(machine -> new Resources.Replacement<>(
                                machine, machine.labels(), machine.spec().withPower(wanted)))
                        .toList());
        return others.stream().map(Declared::uid).toList();
    }
}
