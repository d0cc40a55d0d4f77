package regie.death;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hosts whose reports are not true: guests that they don't have, old epochs, guests that they have and don't tell of. */
final class Lies {
    private final World world;
    final Set<String> liars = new HashSet<>();

    Lies(World world) {
        this.world = world;
    }

    Map<String, Long> told(SimHost host) {
        if (!liars.contains(host.name)) return Map.copyOf(host.processes());
        var told = new HashMap<String, Long>();
        host.processes().forEach((machine, epoch) -> {
            if (world.dice.percent(60)) told.put(machine, world.dice.percent(50) ? epoch : Math.max(1, epoch - 1));
        });
        var others = world.room.machines.keySet().stream().toList();
        for (int i = 0; i < 2 && !others.isEmpty(); i++) told.put(world.dice.of(others), world.dice.between(1, 9));
        return told;
    }
}
