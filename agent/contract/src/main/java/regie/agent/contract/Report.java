package regie.agent.contract;

import java.util.List;

/**
 * What a host has seen of itself; the control room believes this and nothing else.
 *
 * @param host name of the server
 * @param generation of the newest wish the host has taken; 0 before the first
 * @param room what the host can give to guests in all, guests included
 * @param guests every guest of Regie's on the host, wished for or not
 * @param movesGuests whether guests of a wish may bear a {@link Handover}
 */
public record Report(String host, long generation, Claim room, List<GuestSeen> guests, boolean movesGuests) {
    public Report(String host, long generation, Claim room, List<GuestSeen> guests) {
        this(host, generation, room, guests, false);
    }

    public Report {
        guests = List.copyOf(guests);
    }
}
