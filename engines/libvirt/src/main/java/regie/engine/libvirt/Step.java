package regie.engine.libvirt;

import java.util.Optional;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;

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
