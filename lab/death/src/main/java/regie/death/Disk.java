package regie.death;

import java.util.List;
import regie.agent.lease.Refusals;
import regie.agent.lease.Terms;

/** What an agent has on its disk and finds there after its own death. */
final class Disk {
    /** An agent that has never been here finds false. */
    boolean marked;

    List<Terms> terms = List.of();
    Refusals refusals = Refusals.NONE;
    Wish wish = Wish.NONE;

    void lose() {
        marked = false;
        terms = List.of();
        refusals = Refusals.NONE;
        wish = Wish.NONE;
    }
}
