package regie.placement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import regie.kernel.Check;

/**
 * Which hosts the nature of a guest lets it go to, be they open or closed. It hangs on nothing that placements change, so it is
 * found out once for all guests that are alike, and kept until hosts change.
 */
final class Eligible {
    private static final int KEPT_MAX = 4096;

    private final HostIndex index;
    private final Map<Nature, Found> found = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Nature, Found> eldest) {
            return size() > KEPT_MAX;
        }
    };
    private long generation = -1;
    /** Projects with hosts of their own. */
    private final Set<String> owners = new HashSet<>();
    /** Of guests that say nothing; most of them do, and are not to be looked up by all they might say. */
    private Optional<Found> plain = Optional.empty();

    private Optional<Found> plainOvercommitted = Optional.empty();

    /** Guests of one nature may go to the same hosts. {@code project} is empty where it has no hosts of its own. */
    private record Nature(
            Set<String> sites,
            Set<String> countries,
            Map<String, String> requires,
            boolean overcommitted,
            String project) {}

    /** What came of asking for one nature. */
    static final class Found {
        private final long[] hosts;
        private final List<Why.Fall> falls;

        private Found(long[] hosts, List<Why.Fall> falls) {
            this.hosts = hosts;
            this.falls = falls;
        }

        /** Those that nothing bars, open or not. Not to be changed. */
        long[] hosts() {
            return hosts;
        }

        /** What barred the others, as a {@link Why} begins. */
        List<Why.Fall> falls() {
            return falls;
        }
    }

    Eligible(HostIndex index) {
        this.index = index;
    }

    /** @param now the generation of the index */
    Found of(Guest guest, long now) {
        if (now != generation) forget(now);
        var rules = guest.rules();
        boolean overcommitted = guest.shape().cpu() == Cpu.OVERCOMMITTED;
        boolean owner = owners.contains(guest.project());
        if (!owner
                && rules.sites().isEmpty()
                && rules.countries().isEmpty()
                && rules.requires().isEmpty()) {
            return overcommitted ? plainOvercommitted(guest) : plain(guest);
        }
        var nature = new Nature(
                rules.sites(), rules.countries(), rules.requires(), overcommitted, owner ? guest.project() : "");
        var known = found.get(nature);
        if (known != null) return known;
        var made = find(guest);
        found.put(nature, made);
        return made;
    }

    private void forget(long now) {
        generation = now;
        found.clear();
        plain = Optional.empty();
        plainOvercommitted = Optional.empty();
        owners.clear();
        for (int rank = 0; rank < index.size(); rank++) {
            index.host(rank).host().project().ifPresent(owners::add);
        }
    }

    private Found plain(Guest guest) {
        if (plain.isEmpty()) plain = Optional.of(find(guest));
        return plain.get();
    }

    private Found plainOvercommitted(Guest guest) {
        if (plainOvercommitted.isEmpty()) plainOvercommitted = Optional.of(find(guest));
        return plainOvercommitted.get();
    }

    private Found find(Guest guest) {
        var hosts = new long[index.words()];
        var fell = new EnumMap<Bar, Integer>(Bar.class);
        for (int rank = 0; rank < index.size(); rank++) {
            var bar = Bar.first(guest, index.host(rank).host());
            if (bar.isEmpty() || bar.get() == Bar.CLOSED) Bits.set(hosts, rank);
            else fell.merge(bar.get(), 1, Integer::sum);
        }
        var falls = new ArrayList<Why.Fall>();
        int left = index.size();
        for (var bar : fell.keySet()) {
            int count = Check.present(fell.get(bar));
            left -= count;
            falls.add(new Why.Fall(bar.words(), count, left));
        }
        return new Found(hosts, List.copyOf(falls));
    }
}
