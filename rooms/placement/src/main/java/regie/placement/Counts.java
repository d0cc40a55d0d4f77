package regie.placement;

import java.util.Arrays;

/** How many stand in each domain; those with none are not held. Keys are in order, so that the domains of one kind are together. */
final class Counts {
    private int[] keys = new int[4];
    private int[] counts = new int[4];
    private int size;

    int of(int key) {
        int at = Arrays.binarySearch(keys, 0, size, key);
        return at < 0 ? 0 : counts[at];
    }

    void add(int key, int more) {
        int at = Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
            counts[at] += more;
            if (counts[at] == 0) remove(at);
        } else if (more != 0) {
            insert(-at - 1, key, more);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Place of the first key that is not less than {@code key}. */
    int from(int key) {
        int at = Arrays.binarySearch(keys, 0, size, key);
        return at < 0 ? -at - 1 : at;
    }

    int size() {
        return size;
    }

    int key(int at) {
        return keys[at];
    }

    int count(int at) {
        return counts[at];
    }

    private void insert(int at, int key, int count) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        keys[at] = key;
        counts[at] = count;
        size++;
    }

    private void remove(int at) {
        size--;
        System.arraycopy(keys, at + 1, keys, at, size - at);
        System.arraycopy(counts, at + 1, counts, at, size - at);
    }
}
