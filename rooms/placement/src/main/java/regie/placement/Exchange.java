package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Check;

/**
 * Who may leave which place and come to which, as variables of a program: guests of one kind count as one and the same, and so do
 * the nodes of a host that they take the same of. That moves happen one after the other, and rules about groups, are not in it.
 */
final class Exchange {
    /** Larger programs are left alone: the heuristic stands. */
    static final int VARIABLES_MAX = 120_000;

    private final Program program = new Program();
    private final Trial trial;
    private final int movesMax;
    private final Map<HostState, Map<Integer, List<Program.Term>>> takings = new LinkedHashMap<>();
    private final Map<Kind, List<Program.Term>> flows = new LinkedHashMap<>();
    private final Map<Kind, Integer> counts = new HashMap<>();
    private final Map<HostState, List<Leaving>> leavings = new LinkedHashMap<>();
    private final Map<HostState, List<Coming>> comings = new LinkedHashMap<>();

    /** What is the same of guests that may stand for each other. */
    record Kind(String realm, String project, String group, Shape shape, Rules rules) {
        static Kind of(String realm, Guest guest) {
            return new Kind(realm, guest.project(), guest.group(), guest.shape(), guest.rules());
        }
    }

    /** @param guests any of them, as many as the variable says */
    record Leaving(Kind kind, Place place, List<UUID> guests, int variable) {}

    record Coming(Kind kind, Place place, int variable) {}

    /** Which hosts guests may come to at all. */
    interface Gate {
        boolean takes(HostState host);

        /** Whether it can be worth while to move a guest of that shape. */
        default boolean moves(Shape shape) {
            return true;
        }
    }

    Exchange(Trial trial, int movesMax, Gate gate) {
        this.trial = trial;
        this.movesMax = movesMax;
        for (var host : trial.inventory().states()) leave(host, gate);
        for (var host : trial.inventory().states()) if (gate.takes(host) && !tooLarge()) come(host);
    }

    /** Whether it grew beyond what a solver could do anything with. */
    boolean tooLarge() {
        return program.variables().size() > VARIABLES_MAX;
    }

    Program program() {
        return program;
    }

    List<Leaving> leavings() {
        return leavings.values().stream().flatMap(List::stream).toList();
    }

    List<Leaving> leavings(HostState host) {
        return leavings.getOrDefault(host, List.of());
    }

    List<Coming> comings() {
        return comings.values().stream().flatMap(List::stream).toList();
    }

    List<Coming> comings(HostState host) {
        return comings.getOrDefault(host, List.of());
    }

    private void leave(HostState host, Gate gate) {
        var alike = new LinkedHashMap<Place, Map<Kind, List<UUID>>>();
        for (var seat : trial.movable(host)) {
            if (!gate.moves(seat.guest().shape())) continue;
            alike.computeIfAbsent(seat.place(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(Kind.of(trial.realm(host), seat.guest()), _ -> new ArrayList<>())
                    .add(seat.guest().id());
        }
        alike.forEach((place, kinds) -> kinds.forEach((kind, guests) -> {
            int variable = program.add(Math.min(guests.size(), movesMax));
            leavings.computeIfAbsent(host, _ -> new ArrayList<>()).add(new Leaving(kind, place, guests, variable));
            flow(kind, variable, 1);
            counts.merge(kind, guests.size(), Integer::sum);
            for (var take : place.takes()) taking(host, host.layout().position(take.slot()), variable, -take.amount());
        }));
    }

    private void come(HostState host) {
        var ways = new Ways();
        var potential = potential(host);
        counts.forEach((kind, count) -> {
            var example = new Guest(new UUID(0, 0), kind.project(), kind.group(), kind.shape(), kind.rules());
            if (!kind.realm().equals(trial.realm(host))
                    || Bar.first(example, host.host()).isPresent()) return;
            ways.each(kind.shape(), host, potential, (_, fit) -> {
                int variable = program.add(Math.min(Math.min(count, movesMax), most(potential, fit)));
                comings.computeIfAbsent(host, _ -> new ArrayList<>())
                        .add(new Coming(kind, new Place(host.host().id(), fit.takes(host.layout())), variable));
                flow(kind, variable, -1);
                for (int at = 0; at < fit.count(); at++) taking(host, fit.position(at), variable, fit.amount(at));
            });
        });
    }

    /** What would be free of a host if all left it that may. */
    long[] potential(HostState host) {
        var potential = host.free().clone();
        for (var seat : trial.movable(host)) {
            for (int at = 0; at < seat.positions().length; at++) potential[seat.positions()[at]] += seat.amounts()[at];
        }
        return potential;
    }

    /** How often that way fits. */
    static long most(long[] free, Fit fit) {
        long most = Long.MAX_VALUE;
        for (int at = 0; at < fit.count(); at++) most = Math.min(most, free[fit.position(at)] / fit.amount(at));
        return most;
    }

    /** The variable takes so much of a slot, or gives it back where negative. */
    void taking(HostState host, int position, int variable, long amount) {
        takings.computeIfAbsent(host, _ -> new LinkedHashMap<>())
                .computeIfAbsent(position, _ -> new ArrayList<>())
                .add(new Program.Term(variable, amount));
    }

    private void flow(Kind kind, int variable, long sign) {
        flows.computeIfAbsent(kind, _ -> new ArrayList<>()).add(new Program.Term(variable, sign));
    }

    /** What holds for every goal: nothing is over, whoever leaves comes somewhere, and there are no more moves than were allowed. */
    void close() {
        takings.forEach((host, positions) -> positions.forEach((position, terms) ->
                program.require(terms, -host.total()[position], Math.max(0, host.free()[position]))));
        flows.values().forEach(terms -> program.require(terms, 0, 0));
        program.require(
                leavings().stream()
                        .map(leaving -> new Program.Term(leaving.variable(), 1))
                        .toList(),
                0,
                movesMax);
    }

    /** Lets the solver begin with moves that are known to be good. */
    void hint(List<Move> known) {
        var from = new LinkedHashMap<UUID, Place>();
        var to = new HashMap<UUID, Place>();
        for (var move : known) {
            from.putIfAbsent(move.guest(), move.from());
            to.put(move.guest(), move.to());
        }
        var left = new HashMap<Integer, Long>();
        from.forEach((guest, place) -> {
            var seat = trial.seat(guest);
            var kind = Kind.of(trial.realm(seat.host()), seat.guest());
            for (var each : leavings(trial.inventory().state(place.host())))
                if (each.kind().equals(kind) && each.place().equals(place)) left.merge(each.variable(), 1L, Long::sum);
            var goal = Check.present(to.get(guest));
            for (var each : comings(trial.inventory().state(goal.host()))) {
                if (each.kind().equals(kind) && each.place().equals(goal)) left.merge(each.variable(), 1L, Long::sum);
            }
        });
        left.forEach(program::hint);
    }
}
