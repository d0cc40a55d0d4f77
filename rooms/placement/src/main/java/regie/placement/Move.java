package regie.placement;

import java.util.UUID;

/** One guest from one host to another. It is legal where all moves before it in its plan are done. */
public record Move(UUID guest, Place from, Place to) {
    public Move {
        Wrong.unless(!from.host().equals(to.host()), "to", to.host(), "another host than the guest is on");
    }
}
