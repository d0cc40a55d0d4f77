package regie.death;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Where machines are: the room's part that follows from proof, and from suspicion where nothing is owned. */
final class Places {
    private final SimServer server;
    private final World world;

    Places(SimServer server) {
        this.server = server;
        this.world = server.world;
    }

    private Room room() {
        return world.room;
    }

    // What was there starts elsewhere.

    void restartFrom(HostRow row) {
        var machines = new ArrayList<>(room().on(row));
        if (machines.isEmpty()) return;
        machines.sort(Comparator.comparingInt(Machine::priority).reversed().thenComparing(Machine::uid));
        Set<String> told = new HashSet<>();
        server.write(() -> {
            for (var machine : machines) {
                row.drop(machine.uid());
                room().unseat(machine);
                if (machine.ownsNothing()) room().machines.remove(machine.uid());
                else seat(machine.nowhere()).ifPresent(told::add);
            }
        });
        told.forEach(name -> server.push(room().host(name)));
    }

    void place(String uid) {
        var machine = room().machines.get(uid);
        if (machine == null) room().waiting.remove(uid);
        else server.write(() -> seat(machine).ifPresent(name -> server.push(room().host(name))));
    }

    /** On the good host that has least; the host's name. It waits where there is none. */
    private Optional<String> seat(Machine machine) {
        var best = room().leastLoaded();
        if (best.isEmpty()) {
            room().put(machine);
            room().waiting.add(machine.uid());
            return Optional.empty();
        }
        room().waiting.remove(machine.uid());
        var placed = machine.on(best.get().name);
        room().put(placed);
        room().seated(placed);
        best.get().add(placed.uid(), placed.epoch());
        room().restarts++;
        room().seated.accept(placed.uid(), best.get().name);
        return Optional.of(best.get().name);
    }

    // Fleets: members that own nothing are replaced at once, within the cap.

    void fill(Room.FleetRow fleet) {
        int living = 0;
        int counted = 0;
        for (var member : room().members(fleet.name())) {
            var row = member.host().map(room()::host);
            boolean doubtful = row.isPresent() && (row.get().dead() || row.get().doubted);
            if (world.parts.counts(member, doubtful || member.retired())) counted++;
            if (!member.retired() && !doubtful) living++;
        }
        int missing = Math.min(fleet.size() - living, fleet.size() + fleet.surge() - counted);
        if (missing > 0) server.write(() -> add(fleet, missing));
        else if (living > fleet.size()) newest(fleet).ifPresent(this::retire);
    }

    private Optional<Machine> newest(Room.FleetRow fleet) {
        return room().members(fleet.name()).stream()
                .filter(member -> !member.retired())
                .filter(member -> member.host()
                        .map(room()::host)
                        .filter(row -> row.dead() || row.doubted)
                        .isEmpty())
                .max(Comparator.comparingInt(Machine::number));
    }

    private void add(Room.FleetRow fleet, int missing) {
        var next = fleet;
        for (int i = 0; i < missing; i++) {
            next = next.another();
            seat(new Machine("%s.%d".formatted(fleet.name(), next.made()), Optional.empty(), 0, false, 1))
                    .ifPresent(name -> server.push(room().host(name)));
        }
        room().fleets.put(fleet.name(), next);
    }

    private void retire(Machine member) {
        server.write(() -> {
            if (member.host().isEmpty()) {
                room().machines.remove(member.uid());
                room().waiting.remove(member.uid());
                return;
            }
            room().put(member.retire());
            var row = room().host(member.host().get());
            row.retires = true;
            row.drop(member.uid());
            server.push(row);
        });
    }
}
