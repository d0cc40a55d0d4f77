package regie.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Keeps what guests were promised about failures: for each failure that a guest is to survive, a place to return to is known, and
 * its room is kept free. After any one such failure all guests that were promised it and that it hits have their places at once,
 * beside all that stay, by the same rules.
 *
 * <p>Guests come and go through this class and not through the inventory. Where hosts were changed in the inventory, {@link
 * #recheck} has to hear of it before anything else is asked.
 */
public final class Survival {
    /** Places that are tried for a guest before it is refused. */
    private static final int PLACES_MAX = 6;
    /** Refuges with room that are passed over to find one where what is held already suffices. */
    private static final int FURTHER_MAX = 8;
    /** Witnesses for which others may be moved, in one change. */
    private static final int MENDINGS_MAX = 8;
    /** Promises that weren't kept and that are tried again after a guest has left. */
    private static final int RETRIED_MAX = 8;

    private static final int PLACE_BITS = 24;
    private static final long PLACE = (1L << PLACE_BITS) - 1;
    private static final long SIZE = (1L << (59 - PLACE_BITS)) - 1;

    private final Inventory inventory;
    private final Placer placer;
    private Proof proof;
    private Guarantees guarantees;

    /** Proves at once all that the inventory's guests were promised; see {@link #gaps}. */
    public Survival(Inventory inventory) {
        this.inventory = inventory;
        placer = new Placer(inventory);
        proof = new Proof(inventory);
        guarantees = new Guarantees(proof);
        prove();
    }

    private Survival(Inventory inventory, Proof known) {
        this.inventory = inventory;
        placer = new Placer(inventory);
        proof = new Proof(inventory);
        guarantees = new Guarantees(proof);
        proof.adopt(known);
    }

    /** The same guests with the same places to return to, in a copy of the inventory; what is done to the one isn't done to the other. */
    public Survival copy() {
        return new Survival(inventory.copy(), proof);
    }

    public Inventory inventory() {
        return inventory;
    }

    /** Proves everything from nothing, as if no place to return to were known. */
    public List<Gap> prove() {
        proof = new Proof(inventory);
        guarantees = new Guarantees(proof);
        guarantees.bounds(0, 0);
        for (var ward : all()) guarantees.protect(ward);
        guarantees.settle();
        for (var refuge : proof.refuges().all()) proof.await(refuge);
        proof.flush();
        return gaps();
    }

    /** Those with the largest failures first, of these the largest; whoever keeps near others comes after them. */
    private Ward[] all() {
        var wards = new ArrayList<Ward>();
        for (var host : inventory.states()) {
            var home = proof.refuges().known(host);
            for (var seat : host.seats()) wards.add(proof.enter(seat, home));
        }
        var keys = new long[wards.size()];
        for (int at = 0; at < keys.length; at++) keys[at] = key(wards.get(at)) | at;
        Arrays.sort(keys);
        var sorted = new Ward[keys.length];
        for (int at = 0; at < keys.length; at++) sorted[at] = wards.get((int) (keys[at] & PLACE));
        return sorted;
    }

    /** By which the first come first; the lowest bits are left for a place in a list. */
    private static long key(Ward ward) {
        int largest = -1;
        var survives = ward.guest().rules().survives();
        for (int at = 0; at < survives.size(); at++)
            largest = Math.max(largest, survives.get(at).over().number());
        long size = SIZE - Math.min(SIZE, ward.need().size());
        return (ward.delicate() ? 1L << 62 : 0) | ((long) (6 - largest) << 59) | (size << PLACE_BITS);
    }

    /**
     * Finds a place that keeps every promise, those made to {@code guest} and those made to all others, and gives it to the guest.
     * Where there is none, nothing has changed, and the answer says which failure could not be survived.
     */
    public Choice admit(Guest guest) {
        return admit(guest, _ -> true, "overlooked");
    }

    /**
     * As {@link #admit(Guest)}, on some hosts only.
     *
     * @param refused why the others were not taken, such as {@code at another site}
     */
    public Choice admit(Guest guest, Predicate<Host> permitted, String refused) {
        var barred = new ArrayList<Integer>();
        Choice refusal = null;
        for (int tried = 0; tried < PLACES_MAX; tried++) {
            var place = placer.find(guest, (host, _) -> permitted.test(host.host()) && outside(host, barred));
            if (place.isEmpty()) break;
            var broken = attempt(guest, place.get());
            if (broken.isEmpty()) return Choice.of(place.get());
            if (refusal == null) refusal = Choice.none(why(broken.get()));
            takeBack(guest.id());
            barred.add(domain(broken.get(), guest, place.get()));
        }
        if (refusal != null) return refusal;
        return placer.choose(guest, (host, _) -> permitted.test(host.host()), refused);
    }

    /** Gives the guest a place that was chosen elsewhere, if that keeps every promise; else nothing has changed. */
    public boolean admit(Guest guest, Place place) {
        if (attempt(guest, place).isEmpty()) return true;
        takeBack(guest.id());
        return false;
    }

    /** What not to try again: where the guest itself can't return after a failure, others who fall with it can't either. */
    private int domain(Proof.Broken broken, Guest guest, Place place) {
        boolean own = broken.ward().guest().id().equals(guest.id());
        return inventory.state(place.host()).domain(own ? broken.failure().domain() : Domain.HOST);
    }

    private static boolean outside(HostState host, List<Integer> barred) {
        for (int domain : barred) if (host.domain(Domains.kind(domain)) == domain) return false;
        return true;
    }

    private Why why(Proof.Broken broken) {
        var aftermath = guarantees.aftermath(broken.ward(), List.of(broken.failure()));
        return new Reason(proof, guarantees.search()).why(broken.ward(), broken.failure(), aftermath);
    }

    /** Seats the guest there. Where some promise that was kept before isn't any more, the caller has to take it back. */
    private Optional<Proof.Broken> attempt(Guest guest, Place place) {
        guarantees.bounds(FURTHER_MAX, MENDINGS_MAX);
        proof.tryOut();
        var ward = seated(guest, place);
        guarantees.protect(ward);
        guarantees.arrived(ward);
        guarantees.settle();
        var broken = proof.broken();
        if (broken.isPresent()) return broken;
        proof.keep();
        proof.flush();
        return Optional.empty();
    }

    private void takeBack(UUID guest) {
        proof.takeBack();
        unseated(proof.ward(guest));
        proof.flush();
    }

    /** Gives the guest a place that was chosen elsewhere, whatever it does to promises; what can't be kept is a gap from here on. */
    public List<Gap> seat(Guest guest, Place place) {
        if (admit(guest, place)) return gaps();
        guarantees.bounds(FURTHER_MAX, 0);
        var ward = seated(guest, place);
        guarantees.protect(ward);
        guarantees.arrived(ward);
        guarantees.settle();
        proof.flush();
        return gaps();
    }

    /** Takes the guest off its host. */
    public Place unseat(UUID guest) {
        guarantees.bounds(FURTHER_MAX, 0);
        var ward = proof.ward(guest);
        guarantees.abandon(ward);
        var place = unseated(ward);
        guarantees.left(ward.band());
        guarantees.settle();
        retry(RETRIED_MAX);
        proof.flush();
        return place;
    }

    private Ward seated(Guest guest, Place place) {
        var seat = inventory.take(guest, place);
        var ward = proof.enter(seat, proof.refuges().known(seat.host()));
        proof.refuges().roomChanged(ward.home());
        return ward;
    }

    private Place unseated(Ward ward) {
        proof.leave(ward);
        var place = inventory.unseat(ward.guest().id());
        proof.refuges().roomChanged(ward.home());
        proof.freed();
        return place;
    }

    private void retry(int most) {
        if (proof.gapped().isEmpty()) return;
        for (var ward : proof.gapped().stream().limit(most).toList()) guarantees.protect(ward);
        guarantees.settle();
    }

    /**
     * Looks again at all that hangs on these hosts, after they came, went or changed in the inventory: what can't be kept any more
     * is a gap, and what was a gap may be kept now.
     */
    public List<Gap> recheck(Set<UUID> hosts) {
        return new Recheck(inventory, proof, guarantees).possible(hosts) ? changed(hosts) : prove();
    }

    private List<Gap> changed(Set<UUID> hosts) {
        guarantees.bounds(FURTHER_MAX, 0);
        new Recheck(inventory, proof, guarantees).of(hosts);
        guarantees.settle();
        retry(Integer.MAX_VALUE);
        proof.flush();
        return gaps();
    }

    /** The promises that aren't kept, in no order. */
    public List<Gap> gaps() {
        return proof.gaps();
    }

    /** Who returns where after the loss of all of {@code hosts} at once, and who doesn't. Changes nothing. */
    public Loss afterLoss(Set<UUID> hosts) {
        var lost = new HashSet<HostState>();
        for (var host : hosts) lost.add(inventory.state(host));
        return new Recovery(proof, guarantees.search(), lost).loss();
    }

    /** What is held back of every host, as the inventory says too. */
    public Collection<Place> held() {
        var held = new ArrayList<Place>();
        for (var host : inventory.states()) {
            var takes = new ArrayList<Take>();
            for (int at = 0; at < host.held().length; at++) {
                if (host.held()[at] > 0) takes.add(new Take(host.layout().slot(at), host.held()[at]));
            }
            if (!takes.isEmpty()) held.add(new Place(host.host().id(), takes));
        }
        return held;
    }
}
