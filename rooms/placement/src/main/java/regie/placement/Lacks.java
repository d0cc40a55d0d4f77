package regie.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each host lacks for a shape. It is remembered for shapes that were asked for of late, and put right for the hosts that have
 * changed since, so that a guest for whom there is no room may ask again and again.
 */
final class Lacks {
    private static final int KEPT_MAX = 64;
    private static final byte NOTHING = 0;

    private final HostIndex index;
    private final Fit fit = new Fit();
    private final Map<Shape, Table> tables = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, Table> eldest) {
            return size() > KEPT_MAX;
        }
    };
    private long generation = -1;

    /** By rank, what the host lacks: {@code NOTHING}, or one more than the place in {@code kinds}. */
    private static final class Table {
        private final byte[] lacks;
        private final List<Lack> kinds = new ArrayList<>();
        private long asOf;

        private Table(int hosts) {
            lacks = new byte[hosts];
        }

        private byte code(Lack lack) {
            int at = kinds.indexOf(lack);
            if (at < 0) {
                at = kinds.size();
                kinds.add(lack);
            }
            return (byte) (at + 1);
        }
    }

    Lacks(HostIndex index) {
        this.index = index;
    }

    /** Takes those out of {@code set} that lack something; how many lacked what. */
    Map<Lack, Integer> take(Shape shape, long[] set, long now) {
        var table = table(shape, now);
        var counts = new int[table.kinds.size() + 1];
        for (int rank = Bits.next(set, 0); rank >= 0; rank = Bits.next(set, rank + 1)) {
            byte lack = table.lacks[rank];
            counts[lack]++;
            if (lack != NOTHING) Bits.clear(set, rank);
        }
        var lacked = new TreeMap<Lack, Integer>();
        for (int at = 1; at < counts.length; at++) if (counts[at] > 0) lacked.put(table.kinds.get(at - 1), counts[at]);
        return lacked;
    }

    private Table table(Shape shape, long now) {
        if (now != generation) tables.clear();
        generation = now;
        var table = tables.computeIfAbsent(shape, _ -> new Table(index.size()));
        var journal = index.journal();
        if (table.asOf == 0 || !journal.reaches(table.asOf)) {
            for (int rank = 0; rank < index.size(); rank++) look(shape, table, rank);
        } else {
            for (long at = table.asOf; at < journal.end(); at++) look(shape, table, journal.rank(at));
        }
        table.asOf = journal.end();
        return table;
    }

    private void look(Shape shape, Table table, int rank) {
        var host = index.host(rank);
        table.lacks[rank] = fit.fits(host.layout(), host.free(), shape)
                ? NOTHING
                : table.code(Lack.of(host.layout(), host.free(), shape));
    }
}
