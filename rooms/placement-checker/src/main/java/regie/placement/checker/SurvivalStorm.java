package regie.placement.checker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Check;
import regie.placement.Domain;
import regie.placement.Gap;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Survival;

/**
 * Thousands of random operations on a small estate of every kind of host, guest and rule, and after them every declared failure:
 * each machine that was promised to return and isn't shown as a gap has to, by the checker's own arithmetic. One seed, one story.
 */
public final class SurvivalStorm {
    private static final int HOSTS_AT_START = 14;
    private static final int HOSTS_MAX = 24;
    private static final int HOSTS_MIN = 8;
    private static final int GUESTS_MAX = 150;
    /** Of so many admissions one is judged by itself; with each check of all failures all are. */
    private static final int JUDGED_OF = 8;

    private static final int SETS_OF_HOSTS = 24;

    private final Dice dice;
    private final boolean several;
    private final StormEstate estate;
    private final Inventory inventory = new Inventory();
    private final Survival survival;
    private final List<UUID> guests = new ArrayList<>();
    private int operations;
    private int admitted;
    private int refused;
    private int failures;
    private int returned;
    private int gaps;

    /**
     * What came of a storm.
     *
     * @param failures injected, sets of several hosts counted too
     * @param returned machines that had to return and did, over all of them
     * @param gaps promises that stood as not kept, over all checks
     */
    public record Outcome(int operations, int admitted, int refused, int failures, int returned, int gaps) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d operations (%d admitted, %d refused), %d failures, %d returned, %d gaps",
                    operations,
                    admitted,
                    refused,
                    failures,
                    returned,
                    gaps);
        }
    }

    /** A promise was broken, or the state is wrong. */
    public static final class Broken extends RuntimeException {
        Broken(String message) {
            super(message);
        }
    }

    public SurvivalStorm(long seed) {
        this(seed, true);
    }

    /** @param several whether some are to survive the loss of several hosts; without them it is known exactly how much has to be held */
    public SurvivalStorm(long seed, boolean several) {
        this.several = several;
        dice = new Dice(new SplittableRandom(seed));
        estate = new StormEstate(dice, several);
        for (int at = 0; at < HOSTS_AT_START; at++) inventory.put(estate.host());
        survival = new Survival(inventory);
    }

    /**
     * @param every how many operations there are between two checks of all failures; the last is followed by one in any case
     * @throws Broken at the first thing that is wrong
     */
    public Outcome run(int operations, int every) {
        for (int at = 1; at <= operations; at++) {
            operate();
            this.operations++;
            if (at % every == 0 || at == operations) check("after operation " + at);
        }
        end();
        return new Outcome(this.operations, admitted, refused, failures, returned, gaps);
    }

    private void operate() {
        int what = dice.below(1000);
        if (what < 580 && guests.size() < GUESTS_MAX) admit(estate.guest());
        else if (what < 800) remove();
        else if (what < 890) resize();
        else if (what < 930) edit();
        else if (what < 960) open();
        else if (what < 970) change();
        else if (what < 985) come();
        else go();
    }

    private boolean admit(Guest guest) {
        int before = survival.gaps().size();
        var choice = survival.admit(guest);
        if (choice.place().isEmpty()) {
            refused++;
            if (choice.why().toString().isEmpty()) throw new Broken("a refusal without a reason");
            return false;
        }
        guests.add(guest.id());
        admitted++;
        if (survival.gaps().size() > before) throw new Broken("a guest was admitted that opened a gap");
        var wrong = admitted % JUDGED_OF == 0 ? checker().seat(guest.id()) : List.<Violation>of();
        if (!wrong.isEmpty()) throw new Broken("a guest was admitted to a wrong place: " + wrong);
        return true;
    }

    private void remove() {
        if (!guests.isEmpty()) survival.unseat(guests.remove(dice.below(guests.size())));
    }

    private void resize() {
        if (guests.isEmpty()) return;
        var guest = inventory.guest(dice.of(guests)).orElseThrow();
        var place = survival.unseat(guest.id());
        guests.remove(guest.id());
        var resized = new Guest(guest.id(), guest.project(), guest.group(), estate.shape(), guest.rules());
        if (!admit(resized)) back(guest, place);
    }

    /** Where it was, whatever has become of the promises. */
    private void back(Guest guest, Place place) {
        survival.seat(guest, place);
        guests.add(guest.id());
    }

    private void edit() {
        if (guests.isEmpty()) return;
        var guest = inventory.guest(dice.of(guests)).orElseThrow();
        var place = survival.unseat(guest.id());
        guests.remove(guest.id());
        back(new Guest(guest.id(), guest.project(), guest.group(), guest.shape(), estate.rules(guest.group())), place);
    }

    private void open() {
        var host = dice.of(inventory.hosts());
        inventory.put(host.opened(!host.open()));
        survival.recheck(Set.of(host.id()));
    }

    /** Other labels, or another place: what fails with what is another thing then. */
    private void change() {
        var host = dice.of(inventory.hosts());
        var like = estate.host();
        var location = dice.percent(30) ? like.location() : host.location();
        inventory.put(new Host(
                host.id(),
                host.name(),
                location,
                like.labels(),
                host.open(),
                dice.percent(20) ? like.project() : host.project(),
                host.overcommitted(),
                host.rooms()));
        survival.recheck(Set.of(host.id()));
    }

    private void come() {
        if (inventory.hosts().size() >= HOSTS_MAX) return;
        var host = estate.host();
        inventory.put(host);
        survival.recheck(Set.of(host.id()));
    }

    /** One host dies, or a whole rack: those that return are seated where it was said, before the hosts are forgotten. */
    private void go() {
        if (inventory.hosts().size() <= HOSTS_MIN) return;
        var dead = dice.percent(80)
                ? Set.of(dice.of(inventory.hosts()).id())
                : dice.of(checker().failures().stream()
                                .filter(each -> each.domain() == Domain.RACK)
                                .toList())
                        .hosts();
        if (inventory.hosts().size() - dead.size() < HOSTS_MIN / 2) return;
        var loss = survival.afterLoss(dead);
        var lost = new LinkedHashMap<UUID, Guest>();
        // In an order of its own: that of a set is another in each process, and one seed is one story.
        for (var host : new TreeSet<>(dead)) for (var guest : inventory.guests(host)) lost.put(guest.id(), guest);
        for (var guest : lost.keySet()) {
            survival.unseat(guest);
            guests.remove(guest);
        }
        for (var each : loss.returns()) back(Check.present(lost.get(each.guest())), each.place());
        for (var host : dead) inventory.drop(host);
        survival.recheck(dead);
    }

    private PlacementChecker checker() {
        var seats = new ArrayList<Seat>();
        for (var id : guests)
            seats.add(new Seat(
                    inventory.guest(id).orElseThrow(), inventory.place(id).orElseThrow()));
        return new PlacementChecker(inventory.hosts(), seats);
    }

    private void check(String when) {
        var checker = checker();
        var state = checker.state().stream()
                .filter(each -> each.sort() == Violation.Sort.ROOM || each.sort() == Violation.Sort.SHAPE)
                .toList();
        if (!state.isEmpty()) throw new Broken(when + " the state is wrong: " + state);
        var held = new HeldCheck(inventory);
        none(when, held.there());
        var open = survival.gaps();
        gaps += open.size();
        for (var failure : checker.failures()) {
            var due = new HashSet<>(checker.due(failure));
            for (var gap : open) if (is(gap, failure, checker)) due.remove(gap.guest());
            inject(when + ", " + failure.domain() + " " + failure.name(), checker, held, failure.hosts(), due);
        }
        if (!several) none(when, held.exact());
        for (int at = 0; at < SETS_OF_HOSTS; at++) {
            var lost = hosts(dice.between(2, 3));
            var due = new HashSet<>(checker.due(lost));
            for (var gap : open) if (gap.domain() == Domain.HOST && gap.count() > 1) due.remove(gap.guest());
            inject(when + ", hosts " + lost, checker, held, lost, due);
        }
        none(when, CopyCheck.of(survival, checker.failures()));
    }

    /** Any so many, of those first whose guests are to survive the loss of several. */
    private Set<UUID> hosts(int count) {
        var lost = new HashSet<UUID>();
        var promised = guests.stream()
                .filter(guest -> inventory.guest(guest).orElseThrow().rules().survives().stream()
                        .anyMatch(each -> each.count() > 1))
                .map(guest -> inventory.place(guest).orElseThrow().host())
                .toList();
        for (int at = 0; at < count && !promised.isEmpty(); at++) lost.add(dice.of(promised));
        while (lost.size() < count) lost.add(dice.of(inventory.hosts()).id());
        return lost;
    }

    /** What takes the same hosts is one failure, whatever it is called. */
    private boolean is(Gap gap, Failure failure, PlacementChecker checker) {
        if (gap.count() > 1) return false;
        var host = inventory.place(gap.guest()).orElseThrow().host();
        if (gap.domain() == Domain.HOST) return failure.hosts().equals(Set.of(host));
        return checker.failures().stream()
                .anyMatch(each -> each.domain() == gap.domain()
                        && each.name().equals(gap.name())
                        && each.hosts().equals(failure.hosts()));
    }

    private void inject(String when, PlacementChecker checker, HeldCheck held, Set<UUID> lost, Set<UUID> due) {
        var foreseen = new LinkedHashMap<UUID, Place>();
        var all = new LinkedHashMap<UUID, Place>();
        for (var each : survival.afterLoss(lost).returns()) {
            if (each.foreseen()) foreseen.put(each.guest(), each.place());
            all.put(each.guest(), each.place());
        }
        none(when, held.covers(foreseen.values()));
        var wrong = new ArrayList<>(checker.loss(lost, due, foreseen));
        // Who comes where room is left may crowd a domain in which others returned to an even spread.
        checker.loss(lost, due, all).stream()
                .filter(each -> each.sort() != Violation.Sort.SPREAD && each.sort() != Violation.Sort.TOGETHER)
                .forEach(wrong::add);
        if (!wrong.isEmpty()) {
            throw new Broken(
                    when + ": " + wrong.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        }
        failures++;
        returned += due.size();
    }

    /** With the last guest goes all that was held. */
    private void end() {
        while (!guests.isEmpty()) survival.unseat(guests.removeLast());
        if (!survival.held().isEmpty()) throw new Broken("held for nobody: " + survival.held());
        if (!survival.gaps().isEmpty()) throw new Broken("gaps of nobody: " + survival.gaps());
    }

    private static void none(String when, List<String> wrong) {
        if (!wrong.isEmpty()) throw new Broken(when + " " + String.join("; ", wrong));
    }
}
