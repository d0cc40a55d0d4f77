package regie.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Migrates guests away from hosts, so that these stand empty, never more than one migration for each hundred placements so far.
 * A host is emptied whole or not at all: those first that would run longest for the fewest guests. While not much more than the
 * bound is in use, migrations are saved for when demand has fallen.
 */
final class Emptying {
    private static final int PLACEMENTS_EACH = 100;
    /** Hosts above the bound, as a share, up to which nothing is moved. */
    private static final double SLACK = 0.08;
    /** Steps that a host must be expected to run on, for each guest that is moved off it. */
    private static final double STEPS_EACH = 10;

    private static final int LOOK_AHEAD = 100;

    private final TraceHosts hosts;
    private final LeastExtension choice;
    private int migrations;

    Emptying(TraceHosts hosts, LeastExtension choice) {
        this.hosts = hosts;
        this.choice = choice;
    }

    int migrations() {
        return migrations;
    }

    /** @param placements so far */
    void run(int step, int placements) {
        record Candidate(int host, double steps) {}
        if (!worthwhile()) return;
        var candidates = new ArrayList<Candidate>();
        for (int host = 0; host < hosts.size(); host++) {
            int guests = hosts.host(host).guests.size();
            if (guests == 0) continue;
            double each = choice.busySteps(host, LOOK_AHEAD) / guests;
            if (each >= STEPS_EACH) candidates.add(new Candidate(host, each));
        }
        candidates.sort(
                Comparator.comparingDouble((Candidate each) -> -each.steps()).thenComparingInt(Candidate::host));
        for (var each : candidates) {
            if (!worthwhile()) return;
            if (hosts.host(each.host()).guests.size() <= placements / PLACEMENTS_EACH - migrations)
                clear(each.host(), step);
        }
    }

    private boolean worthwhile() {
        return hosts.used() > hosts.bound() * (1 + SLACK);
    }

    private void clear(int host, int step) {
        var guests = new ArrayList<>(hosts.host(host).guests);
        guests.sort(
                Comparator.comparingInt((Integer guest) -> -hosts.guest(guest).cores())
                        .thenComparing(Comparator.naturalOrder()));
        List<Integer> gone = new ArrayList<>();
        for (int guest : guests) {
            hosts.leave(guest);
            // Its own host has room for it but may be empty now; then it is no choice, else it has to be left out.
            int to = elsewhere(guest, host, step);
            if (to == TraceHosts.NONE) {
                hosts.seat(guest, host);
                for (int moved : gone) back(moved, host, step);
                choice.look(host, step);
                return;
            }
            hosts.seat(guest, to);
            choice.look(to, step);
            gone.add(guest);
        }
        migrations += guests.size();
        choice.look(host, step);
    }

    private int elsewhere(int guest, int host, int step) {
        int held = hosts.host(host).freeCores;
        hosts.host(host).freeCores = -1;
        int to = choice.elsewhere(guest, step);
        hosts.host(host).freeCores = held;
        return to;
    }

    private void back(int guest, int host, int step) {
        int from = hosts.hostOf(guest);
        hosts.leave(guest);
        hosts.seat(guest, host);
        choice.look(from, step);
    }
}
