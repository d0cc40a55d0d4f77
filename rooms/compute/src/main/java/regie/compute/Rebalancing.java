package regie.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.compute.InstanceStatus.Stage;
import regie.compute.RebalanceAnswer.Proposal;
import regie.compute.RebalanceAnswer.Proposed;
import regie.compute.RebalanceAnswer.Running;
import regie.compute.RebalanceAnswer.Wanted;
import regie.estate.Servers;
import regie.identity.Caller;
import regie.identity.Desk;
import regie.identity.IdentityRefusal;
import regie.identity.Register;
import regie.kernel.BadField;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Resources;
import regie.kernel.Sha256;
import regie.kernel.Tx;
import regie.placement.Goal;
import regie.placement.Guest;
import regie.placement.Rebalance;

/** Proposes lists of moves, has them carried out one list at a time, and stops them. {@link MoveLoop} deals out the turns. */
public final class Rebalancing {
    private static final int MOVES_MAX = 100;
    private static final Map<String, Goal> GOALS =
            Map.of("even-load", new Goal.EvenLoad(), "empty-hosts", new Goal.EmptyHosts());
    private static final String BY_HAND = "a list given by hand";
    /** The whole list is one thing to the audit trail. */
    private static final Key KEY = Servers.KIND.key("", "rebalance");

    private final Register register;
    private final Desk desk;
    private final Resources resources;
    private final Picture picture;
    private final Clock clock;
    private final Chance chance;

    public Rebalancing(Register register, Desk desk, Resources resources, Picture picture, Clock clock, Chance chance) {
        this.register = register;
        this.desk = desk;
        this.resources = resources;
        this.picture = picture;
        this.clock = clock;
        this.chance = chance;
    }

    /** What would be done; changes nothing. */
    public Proposal propose(Caller caller, String goal) {
        return register.survey(caller, tx -> proposal(tx, goal));
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
        var proposal = wanted.goal().map(goal -> propose(caller, goal));
        return desk.record(caller, "rebalance", KEY, tx -> {
            MoveLists.newest(tx).filter(list -> list.ended().isEmpty()).ifPresent(list -> {
                throw new ComputeRefusal.RebalanceRunning(list.origin()).asException();
            });
            var origin = wanted.goal().orElse(BY_HAND);
            var moves = proposal.isPresent() ? proposed(tx, wanted, proposal.get()) : given(tx, wanted);
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
        BadField.unless(wanted.moves().isEmpty(), "moves", wanted.moves().size(), "none where a goal is given");
        wanted.number().filter(number -> !number.equals(proposal.number())).ifPresent(number -> {
            throw new IdentityRefusal.PlanStale(number, proposal.number()).asException();
        });
        return resolved(
                tx,
                proposal.moves().stream()
                        .map(move -> new RebalanceAnswer.Move(move.instance(), move.to()))
                        .toList());
    }

    private List<MoveLists.Wanted> given(Tx tx, Wanted wanted) {
        BadField.unless(
                !wanted.moves().isEmpty() && wanted.moves().size() <= MOVES_MAX,
                "moves",
                wanted.moves().size(),
                "1 to %d moves, or a goal".formatted(MOVES_MAX));
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
                    return new MoveLists.Wanted(instance.get().uid(), move.to());
                })
                .toList();
    }

    private Proposal proposal(Tx tx, String name) {
        var goal = GOALS.get(name);
        BadField.unless(
                goal != null,
                "goal",
                name,
                "one of " + String.join(", ", GOALS.keySet().stream().sorted().toList()));
        var standing = Standing.read(tx, resources, picture);
        stayAtTheirSites(standing);
        var running = standing.machines();
        var plan = new Rebalance(
                        standing.inventory(),
                        guest -> Optional.ofNullable(running.get(guest.id()))
                                .filter(machine -> machine.status().stage() == Stage.RUNNING)
                                .isPresent(),
                        MOVES_MAX)
                .plan(regie.kernel.Check.present(goal));
        var moves = plan.moves().stream()
                .map(move -> new Proposed(
                        name(regie.kernel.Check.present(running.get(move.guest()))),
                        host(standing, move.from().host()),
                        host(standing, move.to().host())))
                .toList();
        return new Proposal(name, number(moves), plan.before(), plan.after(), moves);
    }

    /** A running machine goes with its address, which belongs to its site. */
    private static void stayAtTheirSites(Standing standing) {
        var inventory = standing.inventory();
        for (var guest : List.copyOf(inventory.guests())) {
            var place = inventory.unseat(guest.id());
            var site = inventory.host(place.host()).orElseThrow().location().site();
            inventory.seat(
                    new Guest(
                            guest.id(),
                            guest.project(),
                            guest.group(),
                            guest.shape(),
                            guest.rules().atSites(site)),
                    place);
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

    private static String host(Standing standing, UUID server) {
        return standing.inventory().host(server).orElseThrow().name();
    }

    /** Two proposals with one number are the same. */
    private static String number(List<Proposed> moves) {
        return Sha256.hex(Json.write(moves)).substring(0, 12);
    }
}
