package regie.engine.libvirt;

import java.util.Optional;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Handover;
import regie.agent.contract.Handover.Side;
import regie.agent.contract.HandoverSeen;

/**
 * What is to be reported of a guest on its way.
 *
 * @param wished as the newest wish has it
 * @param departure the note of its last departure from here
 * @param moving whether libvirt is handing it over at this moment, at our word
 * @param ticket where it is awaited
 * @param arrival how it came, as long as that is known
 */
record HandoverView(
        Optional<Guest> wished,
        Optional<Departure> departure,
        boolean moving,
        Optional<String> ticket,
        Optional<HandoverSeen> arrival) {
    private static final int RUNNING = 1;

    /** @param plain as of a guest that is on no way */
    GuestSeen of(GuestSeen plain, DomainSeen domain) {
        var way = wished.flatMap(Guest::handover);
        long attempt = way.map(Handover::attempt).orElse(0L);
        boolean awaited = way.filter(it -> it.side() == Side.ARRIVES).isPresent();
        if (domain.tag().stage() == GuestTag.Stage.ARRIVING) return arriving(plain, domain, awaited, attempt);
        if (moving) return in(plain, State.RUNNING, "").with(HandoverSeen.underWay(attempt));
        var note = departure.filter(it -> it.epoch() == plain.epoch());
        if (note.filter(it -> it.state() != Departure.State.STAYED && domain.migratedAway())
                .isPresent())
            return in(plain, State.STOPPED, "")
                    .with(HandoverSeen.departed(note.get().attempt()));
        if (note.isPresent() && note.get().attempt() == attempt) return departing(plain, note.get());
        if (awaited && domain.state() == RUNNING)
            return plain.with(arrival.orElse(HandoverSeen.arrived(attempt, 0, -1)));
        return arrival.filter(_ -> domain.active()).map(plain::with).orElse(plain);
    }

    private GuestSeen arriving(GuestSeen plain, DomainSeen domain, boolean awaited, long attempt) {
        if (domain.state() == RUNNING)
            return in(plain, State.RUNNING, "").with(arrival.orElse(HandoverSeen.arrived(attempt, 0, -1)));
        if (awaited)
            return ticket.map(known -> in(plain, State.STOPPED, "").with(HandoverSeen.ready(attempt, known)))
                    .orElse(in(plain, State.STARTING, ""));
        return domain.active()
                ? in(plain, State.STARTING, "")
                : in(plain, State.CRASHED, "its memory was lost on the way here");
    }

    private static GuestSeen departing(GuestSeen plain, Departure note) {
        return switch (note.state()) {
            case BEGUN -> in(plain, State.RUNNING, "").with(HandoverSeen.underWay(note.attempt()));
            case STAYED -> plain.with(HandoverSeen.failed(note.attempt(), note.detail()));
            case GONE -> in(plain, State.STOPPED, "").with(HandoverSeen.departed(note.attempt()));
        };
    }

    /** Where libvirt has no such guest; empty where it is on no way. */
    Optional<GuestSeen> ofAbsent(Guest guest) {
        var note = departure.filter(it -> it.epoch() == guest.epoch() && it.state() != Departure.State.STAYED);
        if (note.isPresent())
            return Optional.of(absent(guest, State.STOPPED, "")
                    .with(HandoverSeen.departed(note.get().attempt())));
        return guest.handover()
                .filter(way -> way.side() != Side.ARRIVES)
                .map(_ -> absent(guest, State.CRASHED, "it is not here"));
    }

    private static GuestSeen absent(Guest guest, State state, String detail) {
        return new GuestSeen(guest.uid(), guest.epoch(), state, guest.reboots(), guest.builds(), detail);
    }

    private static GuestSeen in(GuestSeen plain, State state, String detail) {
        return new GuestSeen(plain.uid(), plain.epoch(), state, plain.reboots(), plain.builds(), detail);
    }
}
