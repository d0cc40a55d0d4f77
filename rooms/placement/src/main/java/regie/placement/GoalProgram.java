package regie.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A goal as an integer program over an {@link Exchange}: first as near to the goal as can be, then by as few moves as can be. */
final class GoalProgram {
    private final Exchange exchange;
    private final Program program;
    private final long weight;

    private GoalProgram(Exchange exchange, int movesMax) {
        this.exchange = exchange;
        program = exchange.program();
        weight = movesMax + 1L;
    }

    /**
     * Empty where the goal is none for a program, or the estate is too large for one.
     *
     * @param trial in which nothing has moved yet
     * @param known moves that a heuristic found
     */
    static Optional<Exchange> of(Goal goal, Trial trial, List<Move> known) {
        Exchange.Gate gate = switch (goal) {
            case Goal.MakeRoom room -> new Smaller(room.shape());
            case Goal.EmptyHosts _ -> host -> !host.seats().isEmpty();
            case Goal.Evacuate away ->
                host -> !away.hosts().contains(host.host().id());
            case Goal.EvenLoad _ -> _ -> false;
        };
        if (goal instanceof Goal.EvenLoad) return Optional.empty();
        int movesMax = trial.left();
        var exchange = new Exchange(trial, movesMax, gate);
        exchange.hint(known);
        var made = new GoalProgram(exchange, movesMax);
        switch (goal) {
            case Goal.MakeRoom room -> made.room(trial, room);
            case Goal.EmptyHosts _ -> made.emptied(trial);
            case Goal.Evacuate away ->
                away.hosts().stream()
                        .flatMap(host -> exchange.leavings(trial.inventory().state(host)).stream())
                        .forEach(each -> made.program.reward(each.variable(), made.weight));
            case Goal.EvenLoad _ -> {}
        }
        for (var each : exchange.leavings()) made.program.reward(each.variable(), -1);
        exchange.close();
        return exchange.tooLarge() ? Optional.empty() : Optional.of(exchange);
    }

    /**
     * Whoever has as much of a node as the wanted guest would is left alone: its going makes room for one, and its coming takes that
     * away elsewhere.
     */
    private record Smaller(Shape wanted) implements Exchange.Gate {
        @Override
        public boolean takes(HostState host) {
            return true;
        }

        @Override
        public boolean moves(Shape shape) {
            int nodes = Math.max(1, shape.numaNodes());
            int of = Math.max(1, wanted.numaNodes());
            return shape.vcpus() / nodes < wanted.vcpus() / of || shape.memoryMiB() / nodes < wanted.memoryMiB() / of;
        }
    }

    /** So many more guests as are wanted, which take their room like others, and come from nowhere. */
    private void room(Trial trial, Goal.MakeRoom goal) {
        var fits = new Fits(goal.shape());
        var ways = new Ways();
        var all = new ArrayList<Program.Term>();
        long now = 0;
        for (var host : trial.inventory().states()) {
            now += fits.of(host);
            var potential = exchange.potential(host);
            if (fits.of(host, potential) == 0) continue;
            var after = afterHints(host);
            ways.each(goal.shape(), host, potential, (_, fit) -> {
                int variable = program.add(Exchange.most(potential, fit));
                program.hint(variable, Exchange.most(after, fit));
                for (int at = 0; at < fit.count(); at++) {
                    after[fit.position(at)] -=
                            fit.amount(at) * program.variables().get(variable).hint();
                    exchange.taking(host, fit.position(at), variable, fit.amount(at));
                }
                program.reward(variable, weight);
                all.add(new Program.Term(variable, 1));
            });
        }
        program.require(all, 0, now + goal.more());
    }

    /** What is free of a host once all that was hinted at is done. */
    private long[] afterHints(HostState host) {
        var free = host.free().clone();
        for (var each : exchange.leavings(host)) add(free, host, each.place(), each.variable(), 1);
        for (var each : exchange.comings(host)) add(free, host, each.place(), each.variable(), -1);
        return free;
    }

    private void add(long[] free, HostState host, Place place, int variable, int sign) {
        long count = sign * program.variables().get(variable).hint();
        for (var take : place.takes()) free[host.layout().position(take.slot())] += count * take.amount();
    }

    /** One variable for each host that could be emptied: where it is 1, all leave and nobody comes. */
    private void emptied(Trial trial) {
        for (var host : trial.inventory().states()) {
            var leaving = exchange.leavings(host);
            int movable =
                    leaving.stream().mapToInt(each -> each.guests().size()).sum();
            if (movable == 0 || movable < host.seats().size() || movable > trial.left()) continue;
            int empty = program.add(1);
            program.reward(empty, weight);
            boolean hinted = true;
            for (var each : leaving) {
                long all = each.guests().size();
                hinted &= program.variables().get(each.variable()).hint() == all;
                program.require(List.of(new Program.Term(each.variable(), 1), new Program.Term(empty, -all)), 0, all);
            }
            program.hint(empty, hinted ? 1 : 0);
            for (var each : exchange.comings(host)) {
                long most = program.variables().get(each.variable()).most();
                program.require(List.of(new Program.Term(each.variable(), 1), new Program.Term(empty, most)), 0, most);
            }
        }
    }
}
