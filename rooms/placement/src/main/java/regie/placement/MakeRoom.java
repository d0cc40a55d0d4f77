package regie.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Moves guests into gaps that are of no use to the wanted shape, out of hosts where their going makes a gap that is.
 *
 * <p>Of all hosts it knows which guests would have to go for one more of the shape to fit ({@link Opening}), takes what gains
 * most by the fewest moves, and seats those guests where nothing is lost and least is left over. Sets of one guest come first,
 * then larger ones.
 */
final class MakeRoom implements Draft {
    private static final int SET_MAX = 3;

    private final Trial trial;
    private final Fits fits;
    private final boolean limitless;
    private final double enough;
    private final Map<UUID, List<Opening>> openings = new HashMap<>();
    private final Set<Opening> failed = new HashSet<>();

    MakeRoom(Trial trial, Goal.MakeRoom goal) {
        this.trial = trial;
        fits = new Fits(goal.shape());
        limitless = goal.more() == Integer.MAX_VALUE;
        enough = measure() + goal.more();
    }

    @Override
    public void run() {
        for (int most = 1; most <= SET_MAX && wanting(); most++) {
            openings.clear();
            failed.clear();
            for (var host : trial.inventory().states()) look(host, most);
            while (wanting()) {
                var best = best();
                if (best.isEmpty()) break;
                carryOut(best.get(), most);
            }
        }
    }

    private boolean wanting() {
        return trial.left() > 0 && (limitless || measure() < enough);
    }

    @Override
    public double measure() {
        long sum = 0;
        for (var host : trial.inventory().states()) sum += fits.of(host);
        return sum;
    }

    private void look(HostState host, int most) {
        openings.put(host.host().id(), Opening.of(host, trial.movable(host), fits, most));
    }

    private Optional<Opening> best() {
        var all = new ArrayList<Opening>();
        for (var host : openings.values()) {
            for (var each : host) if (each.guests().size() <= trial.left() && !failed.contains(each)) all.add(each);
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(Collections.min(all, Opening.ORDER));
    }

    /** All of its guests, or none. */
    private void carryOut(Opening opening, int most) {
        int start = trial.moves().size();
        double before = trial.promises() ? measure() : 0;
        var touched = new HashSet<HostState>();
        int mayLose = opening.gain() - 1;
        for (var guest : opening.guests()) {
            var from = trial.seat(guest).host();
            int limit = mayLose;
            var target = trial.moveToBest(guest, _ -> true, () -> new Target(from, limit));
            if (target.isEmpty()) {
                giveUp(opening, start);
                return;
            }
            mayLose -= target.get().loss;
            touched.add(from);
            touched.add(trial.seat(guest).host());
        }
        if (trial.promises() && measure() <= before)
            giveUp(opening, start); // what is held back has wandered into the gap
        else for (var host : touched) look(host, most);
    }

    private void giveUp(Opening opening, int start) {
        trial.back(start);
        failed.add(opening);
    }

    /** Where least is lost, and then least left over on the nodes that are taken of. */
    private final class Target implements Trial.Chooser {
        private final HostState from;
        private Optional<Place> place = Optional.empty();
        private int loss;
        private long over = Long.MAX_VALUE;

        /** @param lossMax a place where more is lost is none */
        Target(HostState from, int lossMax) {
            this.from = from;
            loss = lossMax;
        }

        @Override
        public Optional<Place> place() {
            return place;
        }

        @Override
        public void may(HostState host, Fit fit) {
            if (host == from) return;
            var free = host.free().clone();
            long left = 0;
            for (int at = 0; at < fit.count(); at++) {
                int position = fit.position(at);
                free[position] -= fit.amount(at);
                if (host.layout().slot(position).resource() == Resource.THREADS) left += free[position];
            }
            int lost = fits.of(host) - fits.of(host, free);
            if (lost > loss || (lost == loss && left >= over)) return;
            loss = lost;
            over = left;
            place = Optional.of(new Place(host.host().id(), fit.takes(host.layout())));
        }
    }
}
