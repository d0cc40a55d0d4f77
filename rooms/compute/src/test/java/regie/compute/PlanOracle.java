package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen.State;
import regie.compute.AntiAffinity.Domain;
import regie.kernel.Check;
import regie.kernel.Hold;
import regie.placement.Place;

/**
 * Judges a plan with its own arithmetic: it walks through the decisions in their order and keeps its own books of room, addresses
 * and crowds. It calls nothing of what it judges.
 */
final class PlanOracle {
    private static final class Book {
        final Host host;
        final long[] free;

        Book(Host host, Claim left) {
            this.host = host;
            free = numbers(left);
        }
    }

    private final Census census;
    private final Plan plan;
    private final Map<UUID, Book> books = new HashMap<>();
    private final Map<String, Integer> addresses;
    private final Map<String, Integer> crowds = new HashMap<>();
    /** Of them, those that want their domain to themselves. */
    private final Map<String, Integer> alone = new HashMap<>();

    private final Map<UUID, Machine> machines = new HashMap<>();
    private final Map<UUID, Step> decisions = new HashMap<>();

    PlanOracle(Scene scene, Census census, Plan plan) {
        this.census = census;
        this.plan = plan;
        addresses = new HashMap<>(census.addresses());
        for (var host : scene.hosts)
            books.put(host.server(), new Book(host, Check.present(scene.free.get(host.server()))));
        scene.crowds()
                .forEach((group, byServer) -> byServer.forEach((server, members) -> {
                    for (int at = 0; at < members; at++)
                        join(group, Check.present(books.get(server)).host, Optional.empty());
                }));
        for (var machine : census.machines()) machines.put(machine.uid(), machine);
        var everybody = new HashMap<>(machines);
        for (var fleet : census.fleets()) fleet.members().forEach(member -> everybody.put(member.uid(), member));
        everybody.values().forEach(this::standing);
    }

    private void standing(Machine machine) {
        var place = machine.allocation().filter(each -> !each.leaving());
        boolean known =
                place.filter(each -> !each.told().guest().group().isEmpty()).isPresent();
        if (place.isEmpty() || machine.group().isEmpty() || !known) return;
        join(machine.group().get(), Check.present(books.get(place.get().server())).host, strict(machine));
    }

    private static Optional<Domain> strict(Machine machine) {
        return machine.spec().antiAffinity().filter(AntiAffinity::required).map(AntiAffinity::over);
    }

    void judge() {
        judgeFleets();
        for (var step : plan.steps()) decide(step);
        for (var entry : plan.views().entrySet()) judge(entry.getKey(), entry.getValue());
        for (var book : books.values())
            for (long left : book.free)
                assertThat(left).as("left on %s", book.host.name()).isNotNegative();
        addresses.forEach((site, left) ->
                assertThat(left).as("addresses left at %s", site).isNotNegative());
    }

    /** One decision for each machine: two would undo each other. */
    private void decide(Step step) {
        Optional<UUID> instance = switch (step) {
            case Step.Place place -> Optional.of(place.instance());
            case Step.Recover recover -> Optional.of(recover.instance());
            case Step.Restart restart -> Optional.of(restart.instance());
            case Step.Retell retell -> Optional.of(retell.instance());
            case Step.Shrink shrink -> Optional.of(shrink.instance());
            case Step.Reseat reseat -> Optional.of(reseat.instance());
            case Step.Leave leave -> Optional.of(leave.instance());
            case Step.Finish finish -> Optional.of(finish.instance());
            case Step.Retire retire -> Optional.of(retire.instance());
            case Step.Move move -> Optional.of(move.instance());
            case Step.Enlist _, Step.Hook _, Step.Reboot _, Step.Disband _ -> Optional.empty();
        };
        instance.ifPresent(uid -> assertThat(decisions.put(uid, step))
                .as("another decision than %s", step)
                .isNull());
    }

    private void judge(UUID uid, Plan.View view) {
        var machine = Check.present(machines.get(uid));
        var step = decisions.get(uid);
        if (step instanceof Step.Place place) judgePlace(machine, place);
        else if (step instanceof Step.Recover recover) judgeRecover(machine, recover);
        else if (isLost(machine) && step == null) judgeLost(machine, view);
        else if (step instanceof Step.Restart restart) judgeRestart(machine, restart);
        else if (step instanceof Step.Shrink shrink)
            assertThat(fits(
                            numbers(shrink.held()),
                            numbers(machine.allocation().orElseThrow().held())))
                    .isTrue();
        else if (machine.allocation().isEmpty() && !machine.deleting()) judgeWaiting(machine, view);
    }

    private void judgePlace(Machine machine, Step.Place place) {
        assertThat(machine.allocation())
                .as("%s has no place yet", machine.key())
                .isEmpty();
        assertThat(numbers(place.seat().place()))
                .isEqualTo(numbers(machine.shape().claim()));
        var chosen = Check.present(books.get(place.server()));
        var candidates = candidates(machine);
        assertThat(candidates).as("%s may go to %s", machine.key(), chosen.host).contains(chosen);
        int fewest = candidates.stream()
                .mapToInt(book -> crowd(machine, book.host))
                .min()
                .orElse(0);
        assertThat(crowd(machine, chosen.host)).as("crowd of %s", machine.key()).isEqualTo(fewest);
        var book = Check.present(books.get(place.server()));
        take(book, new long[3], numbers(place.seat().place()));
        addresses.merge(book.host.site(), -1, Integer::sum);
        machine.group().ifPresent(group -> join(group, book.host, strict(machine)));
    }

    /** At its own site where anybody there may take it; what it had on its dead host counts no more. */
    private void judgeRecover(Machine machine, Step.Recover recover) {
        var before = machine.allocation().orElseThrow();
        var former = Check.present(books.get(before.server()));
        assertThat(former.host.presence()).isEqualTo(Host.Presence.DEAD);
        assertThat(recover.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(isHeld(machine)).as("%s may be made anew", machine.key()).isFalse();
        var told = numbers(before.told().place());
        assertThat(numbers(recover.seat().place())).isEqualTo(told);
        leave(machine, former.host);
        var candidates = refuges(machine, told, former.host.site());
        var chosen = Check.present(books.get(recover.server()));
        assertThat(candidates).as("%s may go to %s", machine.key(), chosen.host).contains(chosen);
        addresses.merge(former.host.site(), 1, Integer::sum);
        addresses.merge(chosen.host.site(), -1, Integer::sum);
        take(chosen, new long[3], told);
        machine.group().ifPresent(group -> join(group, chosen.host, strict(machine)));
    }

    private void judgeLost(Machine machine, Plan.View view) {
        if (machine.fleet().isPresent() || isHeld(machine)) {
            assertThat(view.holds()).extracting(Hold::code).containsExactly("host-dead");
            return;
        }
        if (!machine.shape().obstacles().isEmpty()) {
            assertThat(view.holds()).isEqualTo(machine.shape().obstacles());
            return;
        }
        assertThat(view.holds()).extracting(Hold::code).containsExactly("no-room");
        var former = Check.present(books.get(machine.allocation().orElseThrow().server()));
        boolean stood = leave(machine, former.host);
        var told = numbers(machine.allocation().orElseThrow().told().place());
        assertThat(refuges(machine, told, former.host.site())).isEmpty();
        if (stood) join(machine.group().orElseThrow(), former.host, strict(machine));
    }

    private static boolean isLost(Machine machine) {
        return machine.allocation().filter(Machine.Allocation::lost).isPresent();
    }

    /** With a disk, and nobody asked for a rebuild. */
    private static boolean isHeld(Machine machine) {
        var allocation = machine.allocation().orElseThrow();
        return allocation.told().guest().shape().diskGiB() > 0
                && machine.spec().builds() == allocation.guest().builds();
    }

    /** False where it counted for no group there. */
    private boolean leave(Machine machine, Host host) {
        var allocation = machine.allocation().orElseThrow();
        boolean counted = machine.group().isPresent()
                && !allocation.leaving()
                && !allocation.told().guest().group().isEmpty();
        if (!counted) return false;
        var group = machine.group().get();
        domains(host).forEach(domain -> crowds.merge(group + " in " + domain, -1, Integer::sum));
        strict(machine).ifPresent(over -> alone.merge(group + " in " + domain(host, over), -1, Integer::sum));
        return true;
    }

    private List<Book> refuges(Machine machine, long[] told, String site) {
        var all = books.values().stream()
                .filter(book -> suits(machine, book, told))
                .filter(book -> book.host.site().equals(site) || addresses.getOrDefault(book.host.site(), 0) > 0)
                .toList();
        var near = all.stream().filter(book -> book.host.site().equals(site)).toList();
        return near.isEmpty() ? all : near;
    }

    private void judgeRestart(Machine machine, Step.Restart restart) {
        var before = machine.allocation().orElseThrow();
        assertThat(fits(numbers(restart.seat().place()), numbers(restart.held())))
                .as("%s is covered", restart)
                .isTrue();
        assertThat(restart.epoch()).isEqualTo(before.epoch() + 1);
        var book = Check.present(books.get(before.server()));
        take(book, numbers(before.held()), numbers(restart.held()));
        boolean joins = before.told().guest().group().isEmpty()
                && !restart.seat().guest().group().isEmpty();
        if (joins) join(machine.group().orElseThrow(), book.host, strict(machine));
    }

    private void judgeWaiting(Machine machine, Plan.View view) {
        if (!machine.shape().obstacles().isEmpty()) {
            assertThat(view.holds()).isEqualTo(machine.shape().obstacles());
            return;
        }
        assertThat(candidates(machine)).as("hosts for %s", machine.key()).isEmpty();
        assertThat(view.holds()).hasSize(1);
        assertThat(view.holds().getFirst().code()).isIn("no-room", "no-address");
    }

    private List<Book> candidates(Machine machine) {
        return books.values().stream().filter(book -> mayTake(machine, book)).toList();
    }

    private boolean mayTake(Machine machine, Book book) {
        return addresses.getOrDefault(book.host.site(), 0) > 0
                && suits(machine, book, numbers(machine.shape().claim()));
    }

    private boolean suits(Machine machine, Book book, long[] wanted) {
        if (machine.spec().site().filter(site -> !site.equals(book.host.site())).isPresent()) return false;
        if (!book.host.room().open() || !fits(wanted, book.free)) return false;
        if (machine.group().isEmpty()) return true;
        if (strict(machine).isPresent() && crowd(machine, book.host) > 0) return false;
        return Stream.of(Domain.values())
                .noneMatch(over -> alone.getOrDefault(machine.group().get() + " in " + domain(book.host, over), 0) > 0);
    }

    private static long[] numbers(Claim claim) {
        return new long[] {claim.vcpus(), claim.memoryMiB(), claim.diskGiB()};
    }

    private static long[] numbers(Place place) {
        var numbers = new long[3];
        for (var take : place.takes()) {
            switch (take.slot().toString()) {
                case "threads@0" -> numbers[0] += take.amount();
                case "memory@0" -> numbers[1] += take.amount();
                case "disk:md0" -> numbers[2] += take.amount();
                default -> throw new AssertionError("a slot that no host has: " + take);
            }
        }
        return numbers;
    }

    private static boolean fits(long[] wanted, long[] room) {
        return wanted[0] <= room[0] && wanted[1] <= room[1] && wanted[2] <= room[2];
    }

    private static void take(Book book, long[] old, long[] taken) {
        for (int at = 0; at < 3; at++) book.free[at] -= taken[at] - old[at];
    }

    private static Stream<String> domains(Host host) {
        return Stream.of(Domain.values()).map(over -> domain(host, over));
    }

    private static String domain(Host host, Domain over) {
        return switch (over) {
            case HOST, FEED, SWITCH_PAIR, ROOM -> "host " + host.name(); // of which these scenes tell nothing
            case RACK -> "rack " + host.location().rack() + " of " + host.site();
            case SITE -> "site " + host.site();
        };
    }

    private void join(String group, Host host, Optional<Domain> strict) {
        domains(host).forEach(domain -> crowds.merge(group + " in " + domain, 1, Integer::sum));
        strict.ifPresent(over -> alone.merge(group + " in " + domain(host, over), 1, Integer::sum));
    }

    private int crowd(Machine machine, Host host) {
        return machine.spec()
                .antiAffinity()
                .map(apart ->
                        crowds.getOrDefault(machine.group().orElseThrow() + " in " + domain(host, apart.over()), 0))
                .orElse(0);
    }

    private void judgeFleets() {
        var enlisted = plan.steps().stream()
                .filter(Step.Enlist.class::isInstance)
                .map(Step.Enlist.class::cast)
                .toList();
        assertThat(enlisted).hasSizeLessThanOrEqualTo(1_000);
        assertThat(new HashSet<>(enlisted.stream().map(Step.Enlist::key).toList()))
                .hasSameSizeAs(enlisted);
        for (var fleet : census.fleets()) {
            var mine = enlisted.stream()
                    .filter(step -> step.fleet().equals(fleet.uid()))
                    .toList();
            for (var step : mine) machines.put(step.instance(), member(fleet, step));
            assertThat(mine).noneMatch(step -> fleet.taken().contains(step.key()));
            judge(fleet, mine.size());
        }
    }

    private void judge(Census.FleetSeen fleet, int enlisted) {
        var retired = plan.steps().stream()
                .filter(Step.Retire.class::isInstance)
                .map(step -> ((Step.Retire) step).instance())
                .toList();
        var living =
                fleet.members().stream().filter(member -> !member.deleting()).toList();
        var failed = living.stream().filter(PlanOracle::failed).toList();
        assertThat(retired).containsAll(failed.stream().map(Machine::uid).toList());
        var well = living.stream().filter(member -> !failed(member)).toList();
        var surplus =
                well.stream().filter(member -> retired.contains(member.uid())).toList();
        var kept =
                well.stream().filter(member -> !retired.contains(member.uid())).toList();
        int wanted = fleet.deleting() ? 0 : fleet.spec().count();
        assertThat(kept.size() + enlisted).as("members of %s", fleet.key()).isLessThanOrEqualTo(wanted);
        if (!surplus.isEmpty()) assertThat(kept).as("kept of %s", fleet.key()).hasSize(wanted);
        for (var gone : surplus)
            for (var stays : kept) assertThat(goesBefore(gone, stays)).isTrue();
    }

    private static boolean failed(Machine member) {
        if (isLost(member)) return true;
        return member.seen()
                .filter(seen -> seen.state() == State.CRASHED || seen.state() == State.FAILED)
                .filter(_ -> member.allocation().isPresent())
                .isPresent();
    }

    private static boolean runs(Machine member) {
        return member.allocation().isPresent()
                && member.seen().filter(seen -> seen.state() == State.RUNNING).isPresent();
    }

    /** What does not run goes before what does; of two alike the one made later. */
    private static boolean goesBefore(Machine gone, Machine stays) {
        return runs(gone) == runs(stays) ? gone.uid().compareTo(stays.uid()) > 0 : !runs(gone);
    }

    private static Machine member(Census.FleetSeen fleet, Step.Enlist step) {
        return new Machine(
                step.instance(),
                step.key(),
                Optional.of(fleet.uid()),
                step.spec(),
                false,
                fleet.shape(),
                Optional.empty(),
                Optional.empty(),
                InstanceStatus.FRESH);
    }
}
