package regie.packing;

/**
 * An assignment under change: what it costs, and what one step more would. A step that is not allowed is never made, so the
 * assignment is feasible at any moment.
 */
final class ReassignState {
    static final long NEVER = Long.MAX_VALUE;

    private final ReassignModel model;
    private final int[] start;
    private final int[] now;
    private final long[][] used;
    /** What is taken of capacity: what is in use, and what those that have left still take of transient resources. */
    private final long[][] taken;

    private final long[] machineCost;
    private final ReassignRules rules;
    private final int[] moved;
    /** By number of moved processes: how many services have so many. */
    private final int[] services;

    private int mostMoved;
    private long cost;
    private final long[] trial;

    /** @throws IllegalArgumentException where {@code start} is infeasible; says why */
    ReassignState(ReassignModel model, int[] start) {
        this.model = model;
        this.start = start.clone();
        now = start.clone();
        used = new long[model.machines()][model.resources()];
        taken = new long[model.machines()][model.resources()];
        machineCost = new long[model.machines()];
        rules = new ReassignRules(model);
        moved = new int[model.services()];
        services = new int[model.processes() + 2];
        services[0] = model.services();
        trial = new long[model.resources()];
        for (int process = 0; process < now.length; process++) {
            int machine = now[process];
            if (rules.has(model.service()[process], machine))
                throw new IllegalArgumentException(
                        "machine %d has two processes of service %d".formatted(machine, model.service()[process]));
            rules.count(process, machine, 1);
            add(used[machine], process, 1);
            add(taken[machine], process, 1);
        }
        if (rules.broken()) throw new IllegalArgumentException("a service is spread too little, or lacks one it needs");
        for (int machine = 0; machine < model.machines(); machine++) {
            for (int at = 0; at < trial.length; at++) {
                if (used[machine][at] > model.capacity()[machine][at])
                    throw new IllegalArgumentException(
                            "machine %d is over its capacity of resource %d".formatted(machine, at));
            }
            machineCost[machine] = model.machineCost(machine, used[machine]);
            cost += machineCost[machine];
        }
        for (int process = 0; process < now.length; process++)
            cost += model.machineMoveWeight() * model.machineMove()[now[process]][now[process]];
    }

    long cost() {
        return cost;
    }

    int machine(int process) {
        return now[process];
    }

    int[] assignment() {
        return now.clone();
    }

    /** Moves to another assignment that has been a state of this problem. */
    void become(int[] assignment) {
        for (int process = 0; process < now.length; process++)
            if (now[process] != assignment[process]) apply(process, assignment[process]);
    }

    /** What the cost would change by; {@link #NEVER} where there is no room. Rules are asked when it is made. */
    long shiftDelta(int process, int to) {
        int from = now[process];
        if (from == to || !room(process, to)) return NEVER;
        return with(from, process, -1, -1)
                + with(to, process, 1, -1)
                + moveDelta(process, to)
                + serviceDelta(process, to);
    }

    boolean shift(int process, int to) {
        if (!rules.allows(process, now[process], to)) return false;
        apply(process, to);
        return true;
    }

    /** The same for two processes that change places; the cost changes by this at most. */
    long swapDelta(int one, int other) {
        int from = now[one];
        int to = now[other];
        if (from == to || model.service()[one] == model.service()[other]) return NEVER;
        if (!room(one, to, other) || !room(other, from, one)) return NEVER;
        return with(from, one, -1, other)
                + with(to, one, 1, other)
                + moveDelta(one, to)
                + moveDelta(other, from)
                + Math.max(0, serviceDelta(one, to))
                + Math.max(0, serviceDelta(other, from));
    }

    boolean swap(int one, int other) {
        int from = now[one];
        int to = now[other];
        if (!rules.allows(one, from, to)) return false;
        apply(one, to);
        if (rules.allows(other, to, from)) {
            apply(other, from);
            return true;
        }
        apply(one, from);
        return false;
    }

    private boolean room(int process, int to) {
        var need = model.need()[process];
        for (int at = 0; at < need.length; at++) {
            boolean there = model.lasting()[at] && start[process] == to;
            if (!there && taken[to][at] + need[at] > model.capacity()[to][at]) return false;
        }
        return true;
    }

    /** Whether {@code process} has room where {@code other} leaves. */
    private boolean room(int process, int to, int other) {
        var need = model.need()[process];
        var leaving = model.need()[other];
        for (int at = 0; at < need.length; at++) {
            boolean stays = model.lasting()[at];
            long come = stays && start[process] == to ? 0 : need[at];
            long go = stays && start[other] == to ? 0 : leaving[at];
            if (taken[to][at] + come - go > model.capacity()[to][at]) return false;
        }
        return true;
    }

    /** The change of a machine's own cost where {@code process} comes or goes and {@code other}, if any, does the opposite. */
    private long with(int machine, int process, int sign, int other) {
        var need = model.need()[process];
        for (int at = 0; at < trial.length; at++) {
            trial[at] = used[machine][at] + sign * need[at];
            if (other >= 0) trial[at] -= sign * model.need()[other][at];
        }
        return model.machineCost(machine, trial) - machineCost[machine];
    }

    private long moveDelta(int process, int to) {
        int home = start[process];
        int from = now[process];
        int processes = (to != home ? 1 : 0) - (from != home ? 1 : 0);
        return processes * model.processMoveWeight() * model.processMove()[process]
                + model.machineMoveWeight() * ((long) model.machineMove()[home][to] - model.machineMove()[home][from]);
    }

    private long serviceDelta(int process, int to) {
        int change = (to != start[process] ? 1 : 0) - (now[process] != start[process] ? 1 : 0);
        int count = moved[model.service()[process]];
        if (change > 0 && count == mostMoved) return model.serviceMoveWeight();
        if (change < 0 && count == mostMoved && services[count] == 1) return -model.serviceMoveWeight();
        return 0;
    }

    private void apply(int process, int to) {
        int from = now[process];
        cost += moveDelta(process, to) + serviceDelta(process, to) - machineCost[from] - machineCost[to];
        countMoved(process, to);
        rules.count(process, from, -1);
        rules.count(process, to, 1);
        now[process] = to;
        add(used[from], process, -1);
        add(used[to], process, 1);
        take(process, from, -1);
        take(process, to, 1);
        machineCost[from] = model.machineCost(from, used[from]);
        machineCost[to] = model.machineCost(to, used[to]);
        cost += machineCost[from] + machineCost[to];
    }

    private void countMoved(int process, int to) {
        int change = (to != start[process] ? 1 : 0) - (now[process] != start[process] ? 1 : 0);
        int service = model.service()[process];
        services[moved[service]]--;
        moved[service] += change;
        services[moved[service]]++;
        mostMoved = Math.max(mostMoved, moved[service]);
        while (mostMoved > 0 && services[mostMoved] == 0) mostMoved--;
    }

    private void take(int process, int machine, int sign) {
        var need = model.need()[process];
        for (int at = 0; at < need.length; at++)
            if (!model.lasting()[at] || start[process] != machine) taken[machine][at] += sign * need[at];
    }

    private void add(long[] to, int process, int sign) {
        var need = model.need()[process];
        for (int at = 0; at < need.length; at++) to[at] += sign * need[at];
    }
}
