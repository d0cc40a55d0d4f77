package regie.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Check;

/**
 * Every witness and every gap there is, and what is held for them. It only keeps the books: what a witness is worth, and when one
 * has to go, {@link Guarantees} decides. While a change is on trial, every step can be taken back.
 */
final class Proof {
    private final Inventory inventory;
    private final Refuges refuges;
    private final Bands bands;
    private final Failures failures;
    private final Needs needs;
    private final LoadTable loads = new LoadTable();
    private final Set<Ward> gapped = new LinkedHashSet<>();
    private final Set<Band> touched = new LinkedHashSet<>();
    private final Set<Band> delicate = new LinkedHashSet<>();
    private final List<Refuge> waiting = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final Map<Ward, List<Failure>> gapsBefore = new LinkedHashMap<>();
    private boolean trial;
    private long epoch = 1;

    Proof(Inventory inventory) {
        this.inventory = inventory;
        refuges = new Refuges(inventory.states());
        failures = new Failures(inventory.domains());
        bands = new Bands(inventory.crowds());
        var dedicated = new HashSet<String>();
        for (var host : inventory.states()) host.host().project().ifPresent(dedicated::add);
        needs = new Needs(dedicated);
    }

    Inventory inventory() {
        return inventory;
    }

    Refuges refuges() {
        return refuges;
    }

    Bands bands() {
        return bands;
    }

    Failures failures() {
        return failures;
    }

    Needs needs() {
        return needs;
    }

    LoadTable loads() {
        return loads;
    }

    Ward ward(UUID guest) {
        var seat = inventory.seatOf(guest).orElseThrow();
        var home = refuges.known(seat.host());
        var last = seat.ward();
        if (last != null && last.home() == home) return last;
        for (var ward : home.wards()) if (ward.seat() == seat) return ward;
        throw Check.failed("the guest came through here: " + guest);
    }

    /** Guests of which some promise isn't kept. */
    Set<Ward> gapped() {
        return gapped;
    }

    /** Groups with rules that a change may have broken. */
    Set<Band> touched() {
        return touched;
    }

    /** Groups with rules that the coming or going of a host may break. */
    Set<Band> delicate() {
        return delicate;
    }

    /** Grows whenever something becomes free. */
    long epoch() {
        return epoch;
    }

    void freed() {
        epoch++;
    }

    /** A guest is on a host, as the inventory says already. */
    Ward enter(Seat seat, Refuge home) {
        var guest = seat.guest();
        var band = bands.of(guest.project(), guest.group());
        var like = band.members().isEmpty() ? null : band.members().getLast().need();
        var ward = new Ward(seat, home, needs.of(guest, like), band);
        home.wards().add(ward);
        seat.ward(ward);
        bands.enter(ward);
        if (ward.delicate()) delicate.add(ward.band());
        return ward;
    }

    /** Takes over all that is proven in {@code other}, of whose inventory this one's is a copy. Nothing is looked for anew. */
    void adopt(Proof other) {
        for (var refuge : refuges.all()) for (var seat : refuge.host().seats()) enter(seat, refuge);
        for (var from : other.refuges.all()) for (var ward : from.wards()) adopt(ward);
        for (var refuge : refuges.all()) await(refuge);
        flush();
    }

    private void adopt(Ward from) {
        if (from.witnesses().isEmpty() && from.gaps().isEmpty()) return;
        var ward = ward(from.guest().id());
        for (var witness : from.witnesses()) {
            var covers = new ArrayList<Failure>(witness.covers().size());
            for (var failure : witness.covers()) covers.add(like(failure, ward));
            var refuge = refuges.known(inventory.state(witness.refuge().seen().id()));
            add(witness.copied(ward, List.copyOf(covers), refuge));
        }
        for (var failure : from.gaps()) addGap(ward, like(failure, ward));
    }

    /** What hits the ward's host as {@code failure} does in the inventory that was copied. */
    private Failure like(Failure failure, Ward ward) {
        var home = ward.home();
        return failure.count() > 1
                ? failures.of(home.host(), failure.count())
                : Check.present(failures.of(home, failure.domain()));
    }

    /** The guest leaves its host; nothing is proven for it any more. */
    void leave(Ward ward) {
        Check.that(ward.witnesses().isEmpty() && ward.gaps().isEmpty(), "nothing is held for a guest that leaves");
        ward.home().wards().remove(ward);
        bands.leave(ward);
        if (!ward.band().delicate()) delicate.remove(ward.band());
        bands.forgetEmpty(ward);
    }

    void add(Witness witness) {
        var covers = witness.covers();
        var lead = covers.getFirst();
        if (!lead.counted()) count(lead);
        // First all that has to be counted from here on, so that this witness isn't among what is counted then.
        for (int at = 1; at < covers.size(); at++) {
            var failure = covers.get(at);
            if (failure.counted()) continue;
            if (failure.count() > 1
                    || failure.lead().filter(other -> other != lead).isPresent()) count(failure);
            else failure.follow(lead);
        }
        witness.ward().witnesses().add(witness);
        var refuge = witness.refuge();
        for (int at = 0; at < covers.size(); at++) if (covers.get(at).counted()) bring(witness, covers.get(at));
        await(refuge);
        touch(witness.ward());
        if (trial) undo.push(() -> remove(witness));
    }

    /** From here on the failure is counted for itself. */
    void count(Failure failure) {
        boolean covered = failure.lead().isPresent();
        failure.countFromNow();
        if (!covered) return;
        for (var host : inventory.domains().hosts(failure.number())) {
            for (var ward : refuges.known(host).wards()) {
                for (var witness : ward.witnesses()) if (witness.covers(failure)) bring(witness, failure);
            }
        }
    }

    private void bring(Witness witness, Failure failure) {
        var refuge = witness.refuge();
        var load = loads.get(failure, refuge);
        if (load == null) {
            load = new Load(failure, refuge);
            loads.add(load);
            refuge.add(load);
        }
        load.add(witness);
        if (failure.count() > 1) refuge.stale();
        else refuge.raise(load, witness);
    }

    void remove(Witness witness) {
        witness.ward().witnesses().remove(witness);
        var refuge = witness.refuge();
        for (var failure : witness.covers()) {
            if (!failure.counted()) continue;
            var load = Check.present(loads.get(failure, refuge));
            load.remove(witness);
            if (failure.count() > 1) refuge.stale();
            else refuge.lower(load, witness);
            if (!load.witnesses().isEmpty()) continue;
            loads.remove(load);
            refuge.remove(load);
        }
        await(refuge);
        freed();
        touch(witness.ward());
        if (trial) undo.push(() -> add(witness));
    }

    void addGap(Ward ward, Failure failure) {
        if (trial) gapsBefore.putIfAbsent(ward, List.copyOf(ward.gaps()));
        ward.openGap(failure);
        gapped.add(ward);
        if (trial) undo.push(() -> removeGap(ward, failure));
    }

    void removeGap(Ward ward, Failure failure) {
        if (trial) gapsBefore.putIfAbsent(ward, List.copyOf(ward.gaps()));
        ward.closeGap(failure);
        if (ward.gaps().isEmpty()) gapped.remove(ward);
        if (trial) undo.push(() -> addGap(ward, failure));
    }

    void removeGaps(Ward ward) {
        while (!ward.gaps().isEmpty()) removeGap(ward, ward.gaps().getLast());
    }

    /** From here on every step is remembered, until {@link #keep} or {@link #takeBack}. */
    void tryOut() {
        Check.that(!trial, "one trial at a time");
        trial = true;
    }

    /** A promise that was kept before the trial and is no more. */
    record Broken(Ward ward, Failure failure) {}

    Optional<Broken> broken() {
        for (var each : gapsBefore.entrySet()) {
            for (var failure : each.getKey().gaps()) {
                if (!each.getValue().contains(failure)) return Optional.of(new Broken(each.getKey(), failure));
            }
        }
        return Optional.empty();
    }

    /** The promises that aren't kept. */
    List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        for (var ward : gapped) for (var failure : ward.gaps()) gaps(ward, failure, gaps);
        return gaps;
    }

    /** One that isn't kept because there is no place after {@code failure}. */
    Gap gap(Ward ward, Failure failure) {
        var gaps = new ArrayList<Gap>();
        gaps(ward, failure, gaps);
        return gaps.getFirst();
    }

    /** By the names of what the guest was promised, which may be several for one failure. */
    private void gaps(Ward ward, Failure failure, List<Gap> gaps) {
        var guest = ward.guest();
        var host = ward.home().host();
        int before = gaps.size();
        if (failure.count() == 1 && falls(ward, failure)) {
            gaps.add(new Gap(Domain.HOST, host.name(), Guarantees.count(ward), guest.id()));
        }
        for (var each : guest.rules().survives()) {
            if (failure.count() == 1 ? is(ward.home(), each.over(), failure) : each.over() == Domain.HOST) {
                var name = each.over() == Domain.HOST
                        ? host.name()
                        : inventory.domains().name(host.domains()[each.over().number()]);
                gaps.add(new Gap(each.over(), name, failure.count(), guest.id()));
            }
        }
        if (gaps.size() == before)
            gaps.add(new Gap(Domain.HOST, host.name(), 1, guest.id())); // whatever else it survives
    }

    /** Whether the guest itself is to survive {@code failure}: who is to survive anything is to survive the loss of its host. */
    boolean promised(Ward ward, Failure failure) {
        if (failure.count() == 1 && is(ward.home(), Domain.HOST, failure))
            return !ward.guest().rules().survives().isEmpty();
        for (var each : ward.guest().rules().survives()) {
            if (is(ward.home(), each.over(), failure)) return true;
        }
        return falls(ward, failure);
    }

    /** Whether the loss of as many hosts as the guest is to survive may be this failure. */
    private boolean falls(Ward ward, Failure failure) {
        int count = Guarantees.count(ward);
        return count > 1 && failures.size(ward.home().host(), failure.domain()) <= count;
    }

    private boolean is(Refuge home, Domain kind, Failure failure) {
        return failures.of(home, kind) == failure;
    }

    int steps() {
        return undo.size();
    }

    /** Takes back all but the first {@code steps} of the trial, which goes on. */
    void takeBackTo(int steps) {
        trial = false;
        while (undo.size() > steps) undo.pop().run();
        trial = true;
    }

    void keep() {
        trial = false;
        undo.clear();
        gapsBefore.clear();
    }

    void takeBack() {
        takeBackTo(0);
        trial = false;
        touched.clear();
        gapsBefore.clear();
    }

    /** Tells the inventory what is held now. */
    void flush() {
        for (var refuge : waiting) {
            refuge.waiting(false);
            refuge.count();
            var host = refuge.host();
            if (refuge.layout() != host.layout() && gone(refuge)) continue;
            for (int at = 0; at < refuge.held().length; at++) {
                long held = refuge.held()[at];
                if (held != host.held()[at] && !gone(refuge)) inventory.hold(host, at, held);
            }
        }
        waiting.clear();
    }

    private boolean gone(Refuge refuge) {
        return inventory.host(refuge.seen().id()).isEmpty();
    }

    void await(Refuge refuge) {
        if (refuge.waiting()) return;
        refuge.waiting(true);
        waiting.add(refuge);
    }

    private void touch(Ward ward) {
        if (ward.band().delicate()) touched.add(ward.band());
    }
}
