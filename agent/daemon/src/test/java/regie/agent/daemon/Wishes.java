package regie.agent.daemon;

import java.util.List;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Wish;

/** Wishes of tests. */
final class Wishes {
    static final String HOST = "par1-h01";

    private Wishes() {}

    static Wish wish(long generation, Guest... guests) {
        return new Wish(HOST, generation, List.of(guests));
    }

    static Guest guest(int number, long epoch) {
        var machine =
                new Guest.Machine(new Claim(1, 512, 5), List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
        return new Guest(new UUID(0, number), "web-" + number, epoch, Guest.Power.ON, 0, 0, machine);
    }
}
