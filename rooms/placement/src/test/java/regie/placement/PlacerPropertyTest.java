package regie.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever came before, a place is found exactly where one is, it is right, it is the preferred one, and where there is none
 * the reasons add up. Method: made-up estates and guests, everything changes at random, an oracle that tries host by host.
 */
class PlacerPropertyTest {
    private static final int STEPS = 300;

    static LongStream seeds() {
        return LongStream.range(0, 24);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyChoiceIsWhatTryingAllHostsSays(long seed) {
        var world = new World(seed);
        for (int step = 0; step < STEPS; step++) world.step();
    }

    private static final class World {
        private final Made made;
        private final Ledger ledger = new Ledger();
        private final Oracle oracle = new Oracle(ledger);
        private final Judge judge = new Judge(ledger);
        private final Inventory inventory = new Inventory();
        private final Placer placer = new Placer(inventory);

        World(long seed) {
            made = new Made(seed);
            for (int many = 3 + made.below(80); many > 0; many--) put(made.host());
        }

        void step() {
            switch (made.below(12)) {
                case 0 -> change();
                case 1 -> hold();
                case 2, 3 -> leave();
                default -> place(made.guest());
            }
        }

        private void put(Host host) {
            ledger.hosts.put(host.id(), host);
            inventory.put(host);
        }

        /** A host opens, closes, comes, goes, moves, or becomes another. */
        private void change() {
            var host = made.any(List.copyOf(ledger.hosts.values()));
            boolean empty = ledger.places.values().stream()
                    .noneMatch(place -> place.host().equals(host.id()));
            var other = made.host(host.id(), host.name());
            if (made.oneIn(2)) {
                put(host.opened(!host.open()));
            } else if (made.oneIn(3)) {
                put(made.host());
            } else if (empty && made.oneIn(3) && ledger.hosts.size() > 1) {
                ledger.hosts.remove(host.id());
                ledger.held.remove(host.id());
                inventory.drop(host.id());
            } else if (empty && !ledger.held.containsKey(host.id())) {
                put(other);
            } else {
                put(new Host(
                        host.id(),
                        host.name(),
                        other.location(),
                        other.labels(),
                        other.open(),
                        other.project(),
                        other.overcommitted(),
                        host.rooms()));
            }
        }

        private void hold() {
            var host = made.any(List.copyOf(ledger.hosts.values()));
            var room = made.any(host.rooms());
            long amount = room.total() == 0 ? 0 : made.below((int) room.total() + 2);
            ledger.held.computeIfAbsent(host.id(), _ -> new HashMap<>()).put(room.slot(), amount);
            inventory.hold(host.id(), room.slot(), amount);
        }

        private void leave() {
            if (ledger.guests.isEmpty()) return;
            var guest = made.any(List.copyOf(ledger.guests.keySet()));
            assertThat(inventory.unseat(guest)).isEqualTo(ledger.places.remove(guest));
            ledger.guests.remove(guest);
        }

        private void place(Guest guest) {
            var may = oracle.mayTake(guest);
            var choice = placer.choose(guest);
            assertThat(choice.place().isPresent())
                    .as("%s of %s, %s: %s", guest.shape(), guest.project(), guest.rules(), may)
                    .isEqualTo(!may.isEmpty());
            for (var host : ledger.hosts.values()) {
                var broken = RuleCheck.broken(guest, inventory.state(host.id()), new Now(inventory));
                assertThat(broken.isEmpty()).as("%s", broken).isEqualTo(oracle.obeys(guest, host));
            }
            if (made.oneIn(10))
                assertThat(shuffled().choose(guest)).as("in another order").isEqualTo(choice);
            if (choice.place().isEmpty()) {
                reasonsAddUp(guest, choice.why());
                return;
            }
            var place = choice.place().get();
            judge.right(guest, place);
            preferred(guest, place, may);
            inventory.seat(guest, place);
            ledger.guests.put(guest.id(), guest);
            ledger.places.put(guest.id(), place);
        }

        /** The same hosts and guests, told in another order. */
        private Placer shuffled() {
            var other = new Inventory();
            var hosts = new ArrayList<>(ledger.hosts.values());
            Collections.shuffle(hosts, made.random());
            hosts.forEach(other::put);
            var guests = new ArrayList<>(ledger.guests.values());
            Collections.shuffle(guests, made.random());
            for (var each : guests) other.seat(each, ledger.placeOf(each));
            ledger.held.forEach((host, slots) -> slots.forEach((slot, amount) -> other.hold(host, slot, amount)));
            return new Placer(other);
        }

        private void reasonsAddUp(Guest guest, Why why) {
            assertThat(why.hosts()).isEqualTo(ledger.hosts.size());
            int left = why.hosts();
            for (var fall : why.falls()) {
                left -= fall.fell();
                assertThat(fall.fell()).isPositive();
                assertThat(fall.left()).isEqualTo(left);
            }
            assertThat(left).as("%s", why).isZero();
            long barred = ledger.hosts.values().stream()
                    .filter(host -> !oracle.suits(guest, host))
                    .count();
            long full = ledger.hosts.values().stream()
                    .filter(host -> oracle.suits(guest, host)
                            && oracle.nodeSets(guest.shape(), host).isEmpty())
                    .count();
            assertThat(sum(why, "at another|in another|dedicated|.*overcommitted|without a|closed"))
                    .isEqualTo(barred);
            assertThat(sum(why, "too ")).isEqualTo(full);
            assertThat(sum(why, "in a |in no ")).isEqualTo(ledger.hosts.size() - barred - full);
        }

        private static int sum(Why why, String pattern) {
            return why.falls().stream()
                    .filter(fall -> fall.reason().matches("(" + pattern + ").*"))
                    .mapToInt(Why.Fall::fell)
                    .sum();
        }

        /** Nobody who may take it is better by a preference, where they are equal by those that count more. */
        private void preferred(Guest guest, Place place, List<Host> may) {
            var left = may;
            for (var wish : wishes(guest)) {
                int best = left.stream().mapToInt(wish).min().orElseThrow();
                left = left.stream()
                        .filter(host -> wish.applyAsInt(host) == best)
                        .toList();
            }
            assertThat(left.stream().map(Host::id))
                    .as("%s %s", guest.shape(), guest.rules())
                    .contains(place.host());
        }

        /** What is to be small, the most important first. */
        private List<ToIntFunction<Host>> wishes(Guest guest) {
            var rules = guest.rules();
            var wishes = new ArrayList<ToIntFunction<Host>>();
            if (guest.shape().numaNodes() == 0) {
                wishes.add(host -> oracle.nodeSets(guest.shape(), host).stream()
                        .mapToInt(set -> Math.min(2, set.size()))
                        .min()
                        .orElseThrow());
            }
            for (var each : rules.together()) {
                if (!each.required())
                    wishes.add(host -> oracle.crowd(guest, each.group(), host, each.over()) > 0 ? 0 : 1);
            }
            for (var each : rules.apart()) {
                if (!each.required()) wishes.add(host -> oracle.crowd(guest, guest.group(), host, each.over()));
            }
            for (var each : rules.spread()) {
                if (!each.required()) wishes.add(host -> oracle.crowd(guest, guest.group(), host, each.over()));
            }
            wishes.add(host -> -having(host.labels(), rules.prefers()));
            if (guest.shape().gpus().isEmpty()) wishes.add(host -> hasCards(host) ? 1 : 0);
            boolean packs = rules.packing() == Packing.PACK;
            wishes.add(host -> packs ? threads(guest.shape(), host, true) : -threads(guest.shape(), host, false));
            return wishes;
        }

        /** What is free of the fullest or the emptiest single node that suffices; where several nodes are needed, of all. */
        private int threads(Shape shape, Host host, boolean least) {
            var single = oracle.nodeSets(shape, host).stream()
                    .filter(set -> set.size() == 1)
                    .mapToInt(set -> free(host, set.getFirst()))
                    .sorted()
                    .toArray();
            if (single.length > 0) return least ? single[0] : single[single.length - 1];
            return host.rooms().stream()
                    .filter(room -> room.slot().resource() == Resource.THREADS)
                    .mapToInt(room -> free(host, room.slot().node()))
                    .sum();
        }

        private int free(Host host, int node) {
            return (int) Math.max(0, ledger.free(host, Slot.threads(node)));
        }

        private boolean hasCards(Host host) {
            return host.rooms().stream()
                    .anyMatch(room -> room.slot().resource() == Resource.GPUS && ledger.free(host, room.slot()) > 0);
        }

        private static int having(Map<String, String> labels, Map<String, String> wanted) {
            return (int) wanted.entrySet().stream()
                    .filter(each -> each.getValue().equals(labels.get(each.getKey())))
                    .count();
        }
    }
}
