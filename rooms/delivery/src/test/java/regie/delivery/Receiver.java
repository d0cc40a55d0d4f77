package regie.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A courier that keeps what it is given, and answers as a test wants. */
final class Receiver implements Courier {
    final List<Parcel> got = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> now = new ConcurrentHashMap<>();
    /** Receptions of one resource that overlapped: there may be none. */
    final List<String> overlaps = new CopyOnWriteArrayList<>();

    volatile Function<Parcel, Outcome> answer = _ -> new Outcome.Taken(200);

    @Override
    public Outcome deliver(Parcel parcel) {
        var object = parcel.url() + " " + parcel.key();
        if (now.merge(object, 1, Integer::sum) > 1) overlaps.add(object);
        try {
            got.add(parcel);
            return answer.apply(parcel);
        } finally {
            now.merge(object, -1, Integer::sum);
        }
    }

    /** What came, in the order of its coming: {@code created a}. */
    List<String> told() {
        return got.stream()
                .map(parcel -> regie.kernel.Json.name(parcel.what()) + " "
                        + parcel.key().name())
                .toList();
    }

    List<String> messages() {
        return got.stream().map(Parcel::message).toList();
    }
}
