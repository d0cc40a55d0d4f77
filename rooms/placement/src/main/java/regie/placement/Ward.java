package regie.placement;

import java.util.ArrayList;
import java.util.List;

/** A guest on its host, with what is proven for it. */
final class Ward {
    private final Seat seat;
    private final Refuge home;
    private final int[] domains;
    private final Need need;
    private final Band band;
    private final int apart;
    private final boolean delicate;
    private final List<Witness> witnesses = new ArrayList<>(2);
    private List<Failure> gaps = List.of();

    Ward(Seat seat, Refuge home, Need need, Band band) {
        this.seat = seat;
        this.home = home;
        domains = home.host().domains();
        this.need = need;
        this.band = band;
        apart = apart(seat.guest().rules());
        delicate = counting(seat.guest().rules());
    }

    Guest guest() {
        return seat.guest();
    }

    Seat seat() {
        return seat;
    }

    Refuge home() {
        return home;
    }

    /** Of its host, by kind. */
    int[] domains() {
        return domains;
    }

    Need need() {
        return need;
    }

    /** {@link Band#NONE} where it is of no group. */
    Band band() {
        return band;
    }

    /** The kinds of domain where it is the only one of its group, as a bit for each. */
    int apart() {
        return apart;
    }

    List<Witness> witnesses() {
        return witnesses;
    }

    /** Failures that it was promised to survive and for which there is no witness. */
    List<Failure> gaps() {
        return gaps;
    }

    void openGap(Failure failure) {
        var more = new ArrayList<>(gaps);
        more.add(failure);
        gaps = List.copyOf(more);
    }

    void closeGap(Failure failure) {
        var fewer = new ArrayList<>(gaps);
        fewer.remove(failure);
        gaps = List.copyOf(fewer);
    }

    /** Required rules whose keeping hangs on how many others there are and where, so that each failure is looked at alone. */
    boolean delicate() {
        return delicate;
    }

    private static boolean counting(Rules rules) {
        for (var each : rules.spread()) if (each.required()) return true;
        for (var each : rules.together()) if (each.required()) return true;
        return false;
    }

    private static int apart(Rules rules) {
        int kinds = 0;
        for (var each : rules.apart())
            if (each.required()) kinds |= 1 << each.over().number();
        return kinds;
    }
}
