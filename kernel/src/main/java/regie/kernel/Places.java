package regie.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the values of a document stand. */
public final class Places {
    /** Of what stands in no file, such as the outcome of an action. */
    public static final Places NONE = new Places(Map.of());

    private final Supplier<Map<String, Place>> all;

    private Places(Supplier<Map<String, Place>> all) {
        this.all = all;
    }

    /** @param byPath by path with dots, such as {@code spec.disks.0.sizeGiB}; the document itself is "" */
    public Places(Map<String, Place> byPath) {
        this(() -> byPath);
    }

    /** Those that {@code reading} finds, which is only run where something is wrong. */
    static Places later(Supplier<Places> reading) {
        return new Places(() -> reading.get().all.get());
    }

    /** Of the value, or of the nearest one around it. */
    public Optional<Place> find(String path) {
        var byPath = all.get();
        for (var at = path; ; at = at.substring(0, at.lastIndexOf('.'))) {
            var place = byPath.get(at);
            if (place != null) return Optional.of(place);
            if (at.lastIndexOf('.') < 0) return Optional.ofNullable(byPath.get(""));
        }
    }
}
