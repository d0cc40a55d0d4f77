package regie.packing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * Scores an assignment as the challenge defines it, straight from the numbers of the files and from nothing else: slow, plain,
 * and without a line of what it judges.
 */
final class PublishedScore {
    private final int[] numbers;
    private int at;

    private record Balance(int first, int second, long target, long weight) {}

    PublishedScore(String model) {
        numbers = java.util.Arrays.stream(model.trim().split("\\s+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** Empty where the new assignment breaks a constraint. */
    OptionalLong cost(int[] before, int[] after) {
        at = 0;
        int resources = take();
        var lasting = new int[resources];
        var loadWeight = new long[resources];
        for (int r = 0; r < resources; r++) {
            lasting[r] = take();
            loadWeight[r] = take();
        }
        int machines = take();
        var neighborhood = new int[machines];
        var location = new int[machines];
        var capacity = new int[machines][];
        var safety = new int[machines][];
        var moves = new int[machines][];
        for (int m = 0; m < machines; m++) {
            neighborhood[m] = take();
            location[m] = take();
            capacity[m] = take(resources);
            safety[m] = take(resources);
            moves[m] = take(machines);
        }
        int services = take();
        var spread = new int[services];
        var depends = new int[services][];
        for (int s = 0; s < services; s++) {
            spread[s] = take();
            depends[s] = take(take());
        }
        int processes = take();
        var service = new int[processes];
        var need = new int[processes][];
        var moveCost = new long[processes];
        for (int p = 0; p < processes; p++) {
            service[p] = take();
            need[p] = take(resources);
            moveCost[p] = take();
        }
        List<Balance> balances = new ArrayList<>();
        for (int left = take(); left > 0; left--) balances.add(new Balance(take(), take(), take(), take()));
        long processWeight = take();
        long serviceWeight = take();
        long machineWeight = take();

        long cost = 0;
        for (int m = 0; m < machines; m++) {
            var used = new long[resources];
            for (int r = 0; r < resources; r++) {
                long held = 0;
                for (int p = 0; p < processes; p++) {
                    if (after[p] == m) used[r] += need[p][r];
                    if (after[p] == m || (lasting[r] == 1 && before[p] == m)) held += need[p][r];
                }
                if (held > capacity[m][r]) return OptionalLong.empty();
                cost += loadWeight[r] * Math.max(0, used[r] - safety[m][r]);
            }
            for (var b : balances) {
                long first = capacity[m][b.first()] - used[b.first()];
                long second = capacity[m][b.second()] - used[b.second()];
                cost += b.weight() * Math.max(0, b.target() * first - second);
            }
        }
        long most = 0;
        for (int s = 0; s < services; s++) {
            var onMachines = new HashSet<Integer>();
            var inLocations = new HashSet<Integer>();
            long moved = 0;
            for (int p = 0; p < processes; p++) {
                if (service[p] != s) continue;
                if (!onMachines.add(after[p])) return OptionalLong.empty();
                inLocations.add(location[after[p]]);
                if (after[p] != before[p]) moved++;
                for (int other : depends[s]) {
                    boolean near = false;
                    for (int q = 0; q < processes; q++)
                        near |= service[q] == other && neighborhood[after[q]] == neighborhood[after[p]];
                    if (!near) return OptionalLong.empty();
                }
            }
            if (inLocations.size() < spread[s]) return OptionalLong.empty();
            most = Math.max(most, moved);
        }
        cost += serviceWeight * most;
        for (int p = 0; p < processes; p++) {
            if (after[p] != before[p]) cost += processWeight * moveCost[p];
            cost += machineWeight * moves[before[p]][after[p]];
        }
        return OptionalLong.of(cost);
    }

    private int take() {
        return numbers[at++];
    }

    private int[] take(int count) {
        var taken = new int[count];
        for (int each = 0; each < count; each++) taken[each] = take();
        return taken;
    }
}
