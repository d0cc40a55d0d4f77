package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
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
import regie.placement.Place;
import regie.placement.Slot;

/**
 * Judges a plan with its own arithmetic: it walks through the decisions in their order and keeps its own books of room, addresses
 * and crowds. It calls nothing of what it judges.
 */
final class PlanOracle {
    private static final class Book {
        final Host host;
        final long[] free;

        Book(Host host) {
            this.host = host;
            free = new long[] {
                host.free().getOrDefault(Slot.threads(0), 0L),
                host.free().getOrDefault(Slot.memory(0), 0L),
                host.free().getOrDefault(Slot.disk("md0"), 0L)
            };
        }
    }

    private final Census census;
    private final Plan plan;
    private final Map<UUID, Book> books = new HashMap<>();
    private final Map<String, Integer> addresses;
    private final Map<String, Integer> crowds = new HashMap<>();
    private final Map<UUID, Machine> machines = new HashMap<>();
    private final Map<UUID, Step> decisions = new HashMap<>();

    PlanOracle(Census census, Plan plan) {
        this.census = census;
        this.plan = plan;
        addresses = new HashMap<>(census.addresses());
        for (var host : census.hosts()) {
            books.put(host.server(), new Book(host));
        }
        census.crowds()
                .forEach((group, byServer) -> byServer.forEach((server, members) -> {
                    var host = books.get(server);
                    if (host != null) join(group, host.host, members);
                }));
        for (var machine : census.machines()) machines.put(machine.uid(), machine);
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
            case Step.Restart restart -> Optional.of(restart.instance());
            case Step.Retell retell -> Optional.of(retell.instance());
            case Step.Shrink shrink -> Optional.of(shrink.instance());
            case Step.Leave leave -> Optional.of(leave.instance());
            case Step.Finish finish -> Optional.of(finish.instance());
            case Step.Retire retire -> Optional.of(retire.instance());
            case Step.Move move -> Optional.of(move.instance());
            case Step.Enlist _, Step.Disband _ -> Optional.empty();
        };
        instance.ifPresent(uid -> assertThat(decisions.put(uid, step))
                .as("another decision than %s", step)
                .isNull());
    }

    private void judge(UUID uid, Plan.View view) {
        var machine = Check.present(machines.get(uid));
        var step = decisions.get(uid);
        if (step instanceof Step.Place place) judgePlace(machine, place);
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
        var candidates = candidates(machine);
        var best = candidates.stream()
                .min(Comparator.<Book>comparingLong(book -> crowd(machine, book.host))
                        .thenComparingLong(book -> left(book, machine.shape().claim()))
                        .thenComparing(book -> book.host.name()));
        assertThat(best.map(book -> book.host.server()))
                .as("the best place for %s", machine.key())
                .contains(place.server());
        var book = Check.present(books.get(place.server()));
        take(book, new long[3], numbers(place.seat().place()));
        addresses.merge(book.host.site(), -1, Integer::sum);
        machine.group().ifPresent(group -> join(group, book.host, 1));
    }

    private void judgeRestart(Machine machine, Step.Restart restart) {
        var before = machine.allocation().orElseThrow();
        assertThat(fits(numbers(restart.seat().place()), numbers(restart.held())))
                .as("%s is covered", restart)
                .isTrue();
        assertThat(restart.epoch()).isEqualTo(before.epoch() + 1);
        take(Check.present(books.get(before.server())), numbers(before.held()), numbers(restart.held()));
    }

    private void judgeWaiting(Machine machine, Plan.View view) {
        if (!machine.shape().obstacles().isEmpty()) {
            assertThat(view.holds()).isEqualTo(machine.shape().obstacles());
            return;
        }
        var reasons = new int[5];
        for (var book : books.values()) {
            int why = why(machine, book);
            assertThat(why).as("%s would take %s", book.host, machine.key()).isNotNegative();
            reasons[why]++;
        }
        var words = List.of(
                "at another site",
                "not schedulable or not heard of",
                "too full",
                "at a site without a free address",
                "in a failure domain that already holds one of the group");
        var parts = new ArrayList<String>();
        for (int why = 0; why < 5; why++) if (reasons[why] > 0) parts.add(reasons[why] + " " + words.get(why));
        assertThat(view.holds()).hasSize(1);
        assertThat(view.holds().getFirst().detail())
                .isEqualTo("no host for %s: of %d hosts %s"
                        .formatted(machine.shape().claim(), books.size(), String.join(", ", parts)));
    }

    private List<Book> candidates(Machine machine) {
        return books.values().stream().filter(book -> why(machine, book) < 0).toList();
    }

    /** @return the first rule that keeps {@code machine} off the host, in the order of the message; -1 where none does */
    private int why(Machine machine, Book book) {
        if (machine.spec().site().isPresent() && !machine.spec().site().get().equals(book.host.site())) return 0;
        if (!book.host.open()) return 1;
        if (!fits(numbers(machine.shape().claim()), book.free)) return 2;
        if (addresses.getOrDefault(book.host.site(), 0) <= 0) return 3;
        boolean strict = machine.spec().antiAffinity().isPresent()
                && machine.spec().antiAffinity().get().required();
        return strict && crowd(machine, book.host) > 0 ? 4 : -1;
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

    private static long left(Book book, Claim claim) {
        var wanted = numbers(claim);
        return 1_000 * (book.free[0] - wanted[0]) + book.free[1] - wanted[1] + book.free[2] - wanted[2];
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

    private void join(String group, Host host, int members) {
        domains(host).forEach(domain -> crowds.merge(group + " in " + domain, members, Integer::sum));
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
