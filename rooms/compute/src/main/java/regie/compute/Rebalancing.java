package regie.compute;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import regie.compute.InstanceStatus.Stage;
import regie.compute.RebalanceAnswer.Aim;
import regie.compute.RebalanceAnswer.Proposal;
import regie.compute.RebalanceAnswer.Proposed;
import regie.compute.RebalanceAnswer.Running;
import regie.compute.RebalanceAnswer.Wanted;
import regie.estate.Servers;
import regie.identity.Caller;
import regie.identity.Desk;
import regie.identity.IdentityRefusal;
import regie.identity.Register;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Resources;
import regie.kernel.Sha256;
import regie.kernel.Tx;
import regie.placement.Goal;
import regie.placement.Improved;
import regie.placement.Rebalance;
import regie.placement.Solver;

/** Proposes lists of moves, has them carried out one list at a time, and stops them. {@link MoveLoop} deals out the turns. */
public final class Rebalancing {
    public static final int IMPROVE_SECONDS_MAX = 20;

    private static final String BY_HAND = "a list given by hand";
    /** The whole list is one thing to the audit trail. */
    private static final Key KEY = Servers.KIND.key("", "rebalance");

    private final Register register;
    private final Desk desk;
    private final Resources resources;
    private final Picture picture;
    private final Solver solver;
    private final Clock clock;
    private final Chance chance;

    /** @param solver looks for better moves where that is asked for */
    public Rebalancing(
            Register register,
            Desk desk,
            Resources resources,
            Picture picture,
            Solver solver,
            Clock clock,
            Chance chance) {
        this.register = register;
        this.desk = desk;
        this.resources = resources;
        this.picture = picture;
        this.solver = solver;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * What would be done; changes nothing.
     *
     * @param improve how long the solver may look for better moves than the heuristic finds; not at all where zero
     */
    public Proposal propose(Caller caller, Aim aim, Duration improve) {
        return question(caller, aim).answer(aim, solver, improve);
    }

    /** The newest list and how far it has come. */
    public Running show(Caller caller) {
        return register.survey(caller, this::running);
    }

    /**
     * Has a list carried out.
     *
     * @throws regie.kernel.Refused with {@link ComputeRefusal.RebalanceRunning}, {@link ComputeRefusal.MoveUnknown} or
     *     {@link IdentityRefusal.PlanStale}
     */
    public Running begin(Caller caller, Wanted wanted) {
        boolean given = !wanted.moves().isEmpty() || wanted.aim().isEmpty();
        var planned = given ? Optional.<Proposal>empty() : wanted.aim().map(aim -> propose(caller, aim, Duration.ZERO));
        return desk.record(caller, "rebalance", KEY, tx -> {
            MoveLists.newest(tx).filter(list -> list.ended().isEmpty()).ifPresent(list -> {
                throw new ComputeRefusal.RebalanceRunning(list.origin()).asException();
            });
            var origin = wanted.aim().map(Aim::words).orElse(BY_HAND);
            var moves = planned.isPresent() ? proposed(tx, wanted, planned.get()) : given(tx, wanted);
            MoveLists.begin(tx, chance.uuid(), origin, moves, clock.now());
            return running(tx);
        });
    }

    /** Lets nothing more begin; what is under way comes to its end. */
    public Running stop(Caller caller) {
        return desk.record(caller, "stop-rebalance", KEY, tx -> {
            MoveLists.newest(tx).ifPresent(list -> MoveLists.stop(tx, list.list(), clock.now()));
            return running(tx);
        });
    }

    private List<MoveLists.Wanted> proposed(Tx tx, Wanted wanted, Proposal proposal) {
        wanted.number().filter(number -> !number.equals(proposal.number())).ifPresent(number -> {
            throw new IdentityRefusal.PlanStale(number, proposal.number()).asException();
        });
        return resolved(
                tx,
                proposal.moves().stream()
                        .map(move -> new RebalanceAnswer.Move(move.instance(), move.to(), move.nodes()))
                        .toList());
    }

    private List<MoveLists.Wanted> given(Tx tx, Wanted wanted) {
        ComputeRefusal.RebalanceMalformed.unless(
                wanted.number().isEmpty(), "number", wanted.number().orElse(""), "none where moves are given");
        ComputeRefusal.RebalanceMalformed.unless(
                !wanted.moves().isEmpty() && wanted.moves().size() <= Aim.MOST,
                "moves",
                wanted.moves().size(),
                "1 to %d moves, or a goal".formatted(Aim.MOST));
        return resolved(tx, wanted.moves());
    }

    private List<MoveLists.Wanted> resolved(Tx tx, List<RebalanceAnswer.Move> moves) {
        return moves.stream()
                .map(move -> {
                    var unknown = new ComputeRefusal.MoveUnknown(move.instance(), move.to());
                    int slash = move.instance().indexOf('/');
                    if (slash < 1) throw unknown.asException();
                    var key = Compute.INSTANCE.key(
                            move.instance().substring(0, slash), move.instance().substring(slash + 1));
                    var instance = resources.find(tx, Compute.INSTANCE, key);
                    var server = resources.find(tx, Servers.KIND, Servers.KIND.key("", move.to()));
                    if (instance.flatMap(it -> it.status().host()).isEmpty() || server.isEmpty())
                        throw unknown.asException();
                    return new MoveLists.Wanted(
                            instance.get().uid(), new Destination(move.to(), Set.copyOf(move.nodes())));
                })
                .toList();
    }

    /** Reads all that the plan needs, so that no transaction waits while it is made. */
    private Question question(Caller caller, Aim aim) {
        return register.survey(caller, tx -> {
            var standing = Standing.read(tx, resources, picture);
            var goal = new RebalanceGoals(tx, resources).goal(aim, standing.inventory());
            var running = standing.machines();
            return new Question(
                    goal,
                    MovePlans.of(tx, standing.survival(), guest -> mayMove(running.get(guest.id())), aim.most()),
                    standing);
        });
    }

    private static boolean mayMove(@Nullable Declared<InstanceSpec, InstanceStatus> machine) {
        return machine != null
                && machine.status().stage() == Stage.RUNNING
                && machine.status().migration().isEmpty();
    }

    private record Question(Goal goal, Rebalance plans, Standing standing) {
        Proposal answer(Aim aim, Solver solver, Duration improve) {
            var improved = improve.isZero()
                    ? new Improved(plans.plan(goal), false, Optional.empty())
                    : plans.plan(goal, solver, improve);
            var plan = improved.moves();
            var moves = plan.moves().stream().map(this::proposed).toList();
            return new Proposal(
                    aim.words(),
                    number(moves),
                    plan.before(),
                    plan.after(),
                    moves,
                    improved.better(),
                    improved.unavailable());
        }

        private Proposed proposed(regie.placement.Move move) {
            var to = Destination.of(host(move.to().host()), move.to());
            return new Proposed(
                    name(Check.present(standing.machines().get(move.guest()))),
                    host(move.from().host()),
                    to.server(),
                    to.nodes().stream().sorted().toList());
        }

        private String host(UUID server) {
            return standing.inventory().host(server).orElseThrow().name();
        }
    }

    private Running running(Tx tx) {
        var list = MoveLists.newest(tx);
        if (list.isEmpty()) return new Running("", Optional.empty(), Optional.empty(), false, List.of());
        var moves = MoveLists.moves(tx, list.get().list());
        var names = new HashMap<UUID, String>();
        resources
                .byUid(
                        tx,
                        Compute.INSTANCE,
                        moves.stream().map(MoveLists.Listed::instance).toList())
                .forEach(instance -> names.put(instance.uid(), name(instance)));
        return new Running(
                list.get().origin(),
                Optional.of(list.get().begun()),
                list.get().ended(),
                list.get().stopped(),
                moves.stream()
                        .map(move -> new RebalanceAnswer.Step(
                                names.getOrDefault(
                                        move.instance(), move.instance().toString()),
                                move.to(),
                                Json.name(move.state()),
                                move.why()))
                        .toList());
    }

    private static String name(Declared<InstanceSpec, InstanceStatus> instance) {
        return instance.project() + "/" + instance.name();
    }

    /** Two proposals with one number are the same. */
    private static String number(List<Proposed> moves) {
        return Sha256.hex(Json.write(moves)).substring(0, 12);
    }
}
