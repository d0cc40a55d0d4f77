package regie.death;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Between any two of the hosts and servers. What is sent arrives late, never, twice, or before what was sent earlier. */
final class Network {
    private record Way(String from, String to) {}

    private final VirtualTime time;
    private final Dice dice;
    private final Set<Way> broken = new HashSet<>();
    private final Map<String, Integer> deafTo = new HashMap<>();
    private final Map<String, Integer> muteTo = new HashMap<>();

    /** Beats of a round go together, see {@link #leave}. */
    boolean together;

    double lossPercent;
    double doublePercent;
    /** Share of what is sent that is late by up to {@link #lateMillis}; the rest takes up to two. */
    double latePercent;

    long lateMillis = 2;

    Network(VirtualTime time, Dice dice) {
        this.time = time;
        this.dice = dice;
    }

    void send(String from, String to, Runnable arrival) {
        int copies = doublePercent > 0 && dice.percent(doublePercent) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            if (!passes(from, to) || (lossPercent > 0 && dice.percent(lossPercent))) continue;
            long most = latePercent > 0 && dice.percent(latePercent) ? lateMillis : 2;
            long late = dice.between(VirtualTime.MILLI / 5, most * VirtualTime.MILLI);
            time.after(late, () -> {
                if (passes(from, to)) arrival.run();
            });
        }
    }

    /**
     * The beats of one round, to all receivers. Where they go together they are under way for equally long, and their answers come at the
     * moment at which they arrive: a twelfth of the events, for an estate of thousands.
     */
    void leave(List<Runnable> beats) {
        if (together)
            time.after(dice.between(VirtualTime.MILLI / 5, 2 * VirtualTime.MILLI), () -> beats.forEach(Runnable::run));
        else beats.forEach(Runnable::run);
    }

    /** A beat, or the answer to one. */
    void beat(String from, String to, Runnable arrival) {
        if (!together) send(from, to, arrival);
        else if (passes(from, to)) arrival.run();
    }

    private boolean passes(String from, String to) {
        return !muteTo.containsKey(from)
                && !deafTo.containsKey(to)
                && (broken.isEmpty() || !broken.contains(new Way(from, to)));
    }

    /** In this direction alone. */
    void cut(String from, String to) {
        broken.add(new Way(from, to));
    }

    void mend(String from, String to) {
        broken.remove(new Way(from, to));
    }

    /** Nothing that it sends arrives anywhere, until as many times made to be heard. */
    void mute(String name) {
        muteTo.merge(name, 1, Integer::sum);
    }

    void unmute(String name) {
        muteTo.computeIfPresent(name, (_, times) -> times == 1 ? null : times - 1);
    }

    void deafen(String name) {
        deafTo.merge(name, 1, Integer::sum);
    }

    void undeafen(String name) {
        deafTo.computeIfPresent(name, (_, times) -> times == 1 ? null : times - 1);
    }

    void heal() {
        broken.clear();
        deafTo.clear();
        muteTo.clear();
        lossPercent = 0;
        doublePercent = 0;
        latePercent = 0;
    }
}
