package regie.engine.libvirt;

import java.util.Optional;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;
import regie.agent.contract.Handover;

/** What is to be done with one guest next. */
sealed interface Step {
    /** All is as it should be, or nothing can be done about it. */
    record Leave() implements Step {}

    /** Take it away with all it has, if it has anything. */
    record Remove() implements Step {}

    /** Have it defined and shut off. {@code build}: its next start is to be with a new disk. */
    record Stop(Guest guest, boolean build) implements Step {}

    /** Start it, after ending the process it may have. {@code build}: with a new disk. {@code gently}: by its power button. */
    record Start(Guest guest, boolean build, boolean gently) implements Step {}

    /** Make its place ready: another host is to hand it over. */
    record Await(Guest guest, Handover way) implements Step {}

    /** Its former host has let go of it: let it run. */
    record LetIn(Guest guest) implements Step {}

    /** Hand it over to another host. */
    record Depart(Guest guest, Handover way) implements Step {}

    /** Find out what became of a departure that nobody saw the end of. */
    record Recover(Guest guest, Departure begun) implements Step {}

    /** It was to depart, stayed, and stands still. */
    record GoOn(Guest guest) implements Step {}

    /**
     * As {@link #next(Optional, Optional)}, for guests that may be on their way.
     *
     * @param note of its last departure from here
     * @param expected whether its former host may hand it over at any moment
     * @param released whether that one has let go of it
     */
    static Step next(
            Optional<DomainSeen> present,
            Optional<Guest> wished,
            Optional<Departure> note,
            boolean expected,
            boolean released) {
        if (wished.isEmpty()) return new Remove();
        var guest = wished.get();
        var departed = note.filter(it -> it.epoch() == guest.epoch());
        if (departed.isPresent() && departed.get().state() == Departure.State.GONE) return new Leave();
        if (departed.isPresent() && departed.get().state() == Departure.State.BEGUN)
            return new Recover(guest, departed.get());
        var here = present.filter(it -> it.tag().epoch() == guest.epoch());
        boolean arriving =
                here.filter(it -> it.tag().stage() == GuestTag.Stage.ARRIVING).isPresent();
        if (guest.handover().isPresent()) {
            var way = guest.handover().get();
            return switch (way.side()) {
                case ARRIVES -> arrive(guest, way, here, arriving && expected, released);
                case DEPARTS -> depart(guest, way, here, departed);
                case STAYS -> new Leave();
            };
        }
        if (arriving) return here.orElseThrow().active() ? new LetIn(guest) : new Leave();
        if (departed.isPresent() && here.filter(DomainSeen::stranded).isPresent()) return new GoOn(guest);
        return next(present, wished);
    }

    private static Step arrive(Guest guest, Handover way, Optional<DomainSeen> here, boolean ready, boolean released) {
        boolean active = here.filter(DomainSeen::active).isPresent();
        if (active) return released ? new LetIn(guest) : new Leave();
        return ready ? new Leave() : new Await(guest, way);
    }

    private static Step depart(Guest guest, Handover way, Optional<DomainSeen> here, Optional<Departure> departed) {
        boolean tried = departed.filter(it -> it.attempt() == way.attempt()).isPresent();
        return !tried && here.filter(DomainSeen::active).isPresent() ? new Depart(guest, way) : new Leave();
    }

    /**
     * Pure: the same arguments give the same step.
     *
     * @param present the domain as libvirt has it; empty where there is none
     * @param wished the guest of the newest wish; empty where the wish has none
     */
    static Step next(Optional<DomainSeen> present, Optional<Guest> wished) {
        if (wished.isEmpty()) return new Remove();
        var guest = wished.get();
        if (present.isEmpty()) {
            return guest.power() == Power.OFF ? new Stop(guest, true) : new Start(guest, true, false);
        }
        var tag = present.get().tag();
        boolean build = tag.builds() != guest.builds() || tag.stage() == GuestTag.Stage.BUILDING;
        if (guest.power() == Power.OFF) {
            boolean off = !present.get().active() && tag.settled().equals(GuestTag.of(guest, GuestTag.Stage.SETTLED));
            return off ? new Leave() : new Stop(guest, build);
        }
        if (tag.epoch() != guest.epoch() || tag.power() == Power.OFF || tag.stage() != GuestTag.Stage.SETTLED) {
            return new Start(guest, build, false);
        }
        if (!present.get().active()) return new Leave(); // it crashed: until a newer epoch
        if (build) return new Start(guest, true, false);
        return tag.reboots() != guest.reboots() ? new Start(guest, false, true) : new Leave();
    }
}
