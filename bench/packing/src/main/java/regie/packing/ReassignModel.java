package regie.packing;

/**
 * A machine reassignment problem of the ROADEF/EURO challenge 2012. Everything is numbered from 0: resources, machines, services,
 * processes.
 *
 * @param lasting of resource, called transient by the challenge: a process that has moved away still takes it on the machine where it began
 * @param loadWeight of resource: what each unit above the safety capacity costs
 * @param neighborhood of machine; a service that depends on another needs one of its processes in each neighborhood it is in
 * @param location of machine; a service has to be spread over several
 * @param capacity of machine and resource
 * @param safety of machine and resource
 * @param machineMove what moving from one machine to another costs
 * @param spread of service: the fewest locations
 * @param dependsOn of service
 * @param service of process; no two of one service are on one machine
 * @param need of process and resource
 * @param processMove of process
 * @param balances each {@code {first, second, target, weight}}: costs weight × max(0, target × free first − free second)
 */
@SuppressWarnings("ArrayRecordComponent") // read millions of times a second, compared never
record ReassignModel(
        boolean[] lasting,
        long[] loadWeight,
        int[] neighborhood,
        int[] location,
        long[][] capacity,
        long[][] safety,
        int[][] machineMove,
        int[] spread,
        int[][] dependsOn,
        int[] service,
        long[][] need,
        long[] processMove,
        int[][] balances,
        long processMoveWeight,
        long serviceMoveWeight,
        long machineMoveWeight) {

    int resources() {
        return loadWeight.length;
    }

    int machines() {
        return location.length;
    }

    int services() {
        return spread.length;
    }

    int processes() {
        return service.length;
    }

    /** Load and balance of one machine with that much of each resource in use. */
    long machineCost(int machine, long[] used) {
        long cost = 0;
        for (int resource = 0; resource < used.length; resource++)
            cost += loadWeight[resource] * Math.max(0, used[resource] - safety[machine][resource]);
        for (var balance : balances) {
            long first = capacity[machine][balance[0]] - used[balance[0]];
            long second = capacity[machine][balance[1]] - used[balance[1]];
            cost += balance[3] * Math.max(0, balance[2] * first - second);
        }
        return cost;
    }

    /** No assignment costs less: load and balance as if all machines were one, on which anything can be cut up. */
    long lowerBound() {
        var used = new long[resources()];
        for (var each : need)
            for (int resource = 0; resource < used.length; resource++) used[resource] += each[resource];
        var free = new long[resources()];
        long bound = 0;
        for (int resource = 0; resource < used.length; resource++) {
            long safe = 0;
            for (int machine = 0; machine < machines(); machine++) {
                safe += safety[machine][resource];
                free[resource] += capacity[machine][resource];
            }
            free[resource] -= used[resource];
            bound += loadWeight[resource] * Math.max(0, used[resource] - safe);
        }
        for (var balance : balances)
            bound += balance[3] * Math.max(0, balance[2] * free[balance[0]] - free[balance[1]]);
        return bound;
    }
}
