package regie.placement;

import java.util.Optional;

/** Likes the host best that is left with least, counted over threads and memory. */
final class Fullest implements Trial.Chooser {
    private Optional<Place> place = Optional.empty();
    private double least = Double.MAX_VALUE;

    @Override
    public Optional<Place> place() {
        return place;
    }

    @Override
    public void may(HostState host, Fit fit) {
        double left = Fullness.free(host);
        if (left >= least) return;
        least = left;
        place = Optional.of(new Place(host.host().id(), fit.takes(host.layout())));
    }
}
