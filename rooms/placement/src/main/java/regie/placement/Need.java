package regie.placement;

import java.util.BitSet;

/** What guests have in common that may go to the same hosts and take the same there. Equal needs are one. */
final class Need {
    private final int id;
    private final Guest example;
    private final BitSet asked = new BitSet();
    private final BitSet allowed = new BitSet();
    private final long size;

    /** @param example one of them; no other's rules about hosts, and no other's shape, differ from its */
    Need(int id, Guest example) {
        this.id = id;
        this.example = example;
        var shape = example.shape();
        size = shape.vcpus() * 4096L
                + shape.memoryMiB()
                + shape.diskGiB()
                + (shape.gpus().isEmpty() ? 0 : 1L << 30);
    }

    int id() {
        return id;
    }

    Guest example() {
        return example;
    }

    Shape shape() {
        return example.shape();
    }

    /** To put the large before the small: those of scarce things first. */
    long size() {
        return size;
    }

    boolean mayGo(Refuge refuge) {
        int at = refuge.order();
        if (!asked.get(at)) {
            asked.set(at);
            allowed.set(at, Bar.first(example, refuge.host().host()).isEmpty());
        }
        return allowed.get(at);
    }

    /** Something of the host there has changed. */
    void forget(int order) {
        asked.clear(order);
    }
}
