package regie.placement;

import org.jspecify.annotations.Nullable;

/** Loads by failure and refuge: open addressing, for it is asked for every refuge that a search looks at. */
final class LoadTable {
    private @Nullable Load[] table = new Load[1024];
    private int size;

    @Nullable
    Load get(Failure failure, Refuge refuge) {
        int mask = table.length - 1;
        for (int at = slot(failure.id(), refuge.order(), mask); ; at = at + 1 & mask) {
            var load = table[at];
            if (load == null || (load.failure() == failure && load.refuge() == refuge)) return load;
        }
    }

    void add(Load load) {
        if (2 * ++size > table.length) grow();
        insert(load);
    }

    /** Closes the gap, so that no search ends too early. */
    void remove(Load load) {
        int mask = table.length - 1;
        int hole = slot(load.failure().id(), load.refuge().order(), mask);
        while (table[hole] != load) hole = hole + 1 & mask;
        size--;
        for (int at = hole + 1 & mask; ; at = at + 1 & mask) {
            var next = table[at];
            if (next == null) break;
            int home = slot(next.failure().id(), next.refuge().order(), mask);
            boolean reachable = hole < at ? home <= hole || home > at : home <= hole && home > at;
            if (reachable) {
                table[hole] = next;
                hole = at;
            }
        }
        table[hole] = null;
    }

    private void grow() {
        var old = table;
        table = new Load[2 * old.length];
        for (var load : old) if (load != null) insert(load);
    }

    private void insert(Load load) {
        int mask = table.length - 1;
        int at = slot(load.failure().id(), load.refuge().order(), mask);
        while (table[at] != null) at = at + 1 & mask;
        table[at] = load;
    }

    private static int slot(int failure, int refuge, int mask) {
        long mixed = (((long) failure << 32) | refuge) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & mask;
    }
}
