package regie.packing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Models and assignments as the challenge has published them: whole numbers between white space. */
final class ReassignFiles {
    private static final int RESOURCES_MAX = 20;
    private static final int MACHINES_MAX = 5_000;
    private static final int PROCESSES_MAX = 50_000;
    private static final int SERVICES_MAX = 50_000;
    private static final int DEPENDENCIES_MAX = 5_000;
    private static final int BALANCES_MAX = 10;
    private static final int MOST = Integer.MAX_VALUE;

    private ReassignFiles() {}

    static ReassignModel model(Path file) throws IOException {
        try (var in = new Numbers(file)) {
            int resources = in.next("the number of resources", 1, RESOURCES_MAX);
            var transients = new boolean[resources];
            var loadWeight = new long[resources];
            for (int at = 0; at < resources; at++) {
                transients[at] = in.next("whether a resource is transient", 0, 1) == 1;
                loadWeight[at] = in.next("a weight of load", 0, MOST);
            }
            int machines = in.next("the number of machines", 1, MACHINES_MAX);
            var neighborhood = new int[machines];
            var location = new int[machines];
            var capacity = new long[machines][];
            var safety = new long[machines][];
            var machineMove = new int[machines][];
            for (int at = 0; at < machines; at++) {
                neighborhood[at] = in.next("a neighborhood", 0, machines);
                location[at] = in.next("a location", 0, machines);
                capacity[at] = longs(in.next("a capacity", resources, 0, MOST));
                safety[at] = longs(in.next("a safety capacity", resources, 0, MOST));
                machineMove[at] = in.next("a cost of moving between machines", machines, 0, MOST);
            }
            int services = in.next("the number of services", 1, SERVICES_MAX);
            var spread = new int[services];
            var dependsOn = new int[services][];
            for (int at = 0; at < services; at++) {
                spread[at] = in.next("a number of locations", 0, machines);
                int count = in.next("a number of dependencies", 0, DEPENDENCIES_MAX);
                dependsOn[at] = in.next("a service", count, 0, services - 1);
            }
            int processes = in.next("the number of processes", 1, PROCESSES_MAX);
            var service = new int[processes];
            var need = new long[processes][];
            var processMove = new long[processes];
            for (int at = 0; at < processes; at++) {
                service[at] = in.next("a service", 0, services - 1);
                need[at] = longs(in.next("a requirement", resources, 0, MOST));
                processMove[at] = in.next("a cost of moving a process", 0, MOST);
            }
            var balances = new int[in.next("the number of balances", 0, BALANCES_MAX)][];
            for (int at = 0; at < balances.length; at++) {
                int first = in.next("a resource", 0, resources - 1);
                int second = in.next("a resource", 0, resources - 1);
                int target = in.next("a target", 0, MOST);
                balances[at] = new int[] {first, second, target, in.next("a weight", 0, MOST)};
            }
            var weights = in.next("a weight of moves", 3, 0, MOST);
            in.end();
            return new ReassignModel(
                    transients,
                    loadWeight,
                    neighborhood,
                    location,
                    capacity,
                    safety,
                    machineMove,
                    spread,
                    dependsOn,
                    service,
                    need,
                    processMove,
                    balances,
                    weights[0],
                    weights[1],
                    weights[2]);
        }
    }

    /** The machine of each process. */
    static int[] assignment(Path file, ReassignModel model) throws IOException {
        try (var in = new Numbers(file)) {
            var machines = in.next("a machine", model.processes(), 0, model.machines() - 1);
            in.end();
            return machines;
        }
    }

    static void write(Path file, int[] assignment) throws IOException {
        var text = Arrays.stream(assignment).mapToObj(Integer::toString).collect(Collectors.joining(" ", "", "\n"));
        Files.writeString(file, text);
    }

    private static long[] longs(int[] numbers) {
        return Arrays.stream(numbers).asLongStream().toArray();
    }
}
