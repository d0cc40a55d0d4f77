package regie.packing;

import java.util.ArrayList;
import java.util.List;

/** Where the processes of each service are, and whether conflict, spread and dependency let one go to another machine. */
final class ReassignRules {
    private static final int[] NOWHERE = {};

    private final ReassignModel model;
    /** Of service: a bit for each machine that has one of its processes. */
    private final long[][] machines;
    /** Of service and location; empty where no spread is asked for. */
    private final int[][] inLocation;

    private final int[] locations;
    /** Of service and neighborhood; empty where it takes part in no dependency. */
    private final int[][] inNeighborhood;

    private final int[][] neededBy;

    ReassignRules(ReassignModel model) {
        this.model = model;
        int services = model.services();
        machines = new long[services][(model.machines() + 63) / 64];
        inLocation = new int[services][];
        inNeighborhood = new int[services][];
        locations = new int[services];
        neededBy = neededBy(model);
        for (int service = 0; service < services; service++) {
            boolean depends = model.dependsOn()[service].length > 0 || neededBy[service].length > 0;
            inLocation[service] = model.spread()[service] > 1 ? new int[model.machines() + 1] : NOWHERE;
            inNeighborhood[service] = depends ? new int[model.machines() + 1] : NOWHERE;
        }
    }

    boolean allows(int process, int from, int to) {
        int service = model.service()[process];
        if (has(service, to)) return false;
        int leaves = model.location()[from];
        int enters = model.location()[to];
        var spread = inLocation[service];
        if (spread.length > 0 && leaves != enters) {
            int after = locations[service] - (spread[leaves] == 1 ? 1 : 0) + (spread[enters] == 0 ? 1 : 0);
            if (after < model.spread()[service]) return false;
        }
        return dependenciesAllow(service, model.neighborhood()[from], model.neighborhood()[to]);
    }

    boolean has(int service, int machine) {
        return (machines[service][machine >> 6] & 1L << machine) != 0;
    }

    /** @param sign 1 where it comes, -1 where it goes */
    void count(int process, int machine, int sign) {
        int service = model.service()[process];
        machines[service][machine >> 6] ^= 1L << machine;
        if (inLocation[service].length > 0) {
            int there = inLocation[service][model.location()[machine]] += sign;
            if (there == (sign > 0 ? 1 : 0)) locations[service] += sign;
        }
        if (inNeighborhood[service].length > 0) inNeighborhood[service][model.neighborhood()[machine]] += sign;
    }

    /** Whether what has been counted breaks spread or dependency; conflicts have to be looked for while counting. */
    boolean broken() {
        for (int service = 0; service < model.services(); service++) {
            if (inLocation[service].length > 0 && locations[service] < model.spread()[service]) return true;
            for (int other : model.dependsOn()[service]) {
                for (int at = 0; at < inNeighborhood[service].length; at++)
                    if (inNeighborhood[service][at] > 0 && inNeighborhood[other][at] == 0) return true;
            }
        }
        return false;
    }

    private boolean dependenciesAllow(int service, int leaves, int enters) {
        var here = inNeighborhood[service];
        if (here.length == 0 || leaves == enters) return true;
        for (int other : model.dependsOn()[service])
            if (other != service && inNeighborhood[other][enters] == 0) return false;
        if (here[leaves] > 1) return true;
        for (int other : neededBy[service]) if (other != service && inNeighborhood[other][leaves] > 0) return false;
        return true;
    }

    private static int[][] neededBy(ReassignModel model) {
        var lists = new ArrayList<List<Integer>>();
        for (int service = 0; service < model.services(); service++) lists.add(new ArrayList<>());
        for (int service = 0; service < model.services(); service++)
            for (int other : model.dependsOn()[service]) lists.get(other).add(service);
        return lists.stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }
}
