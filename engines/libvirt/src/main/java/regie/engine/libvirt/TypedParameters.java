package regie.engine.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** libvirt's {@code virTypedParameter}: a name of 80 characters, a type, and 8 bytes of value. */
final class TypedParameters {
    private static final long SIZE = 96;
    private static final long TYPE = 80;
    private static final long VALUE = 88;
    private static final int STRING = 7;
    private static final int LLONG = 3;
    private static final int ULLONG = 4;

    private TypedParameters() {}

    /** In the memory of {@code arena}, in the order given; a name may come more than once. */
    static MemorySegment texts(Arena arena, List<Map.Entry<String, String>> texts) {
        var array = arena.allocate(SIZE * texts.size(), 8);
        for (int at = 0; at < texts.size(); at++) {
            var one = array.asSlice(at * SIZE, SIZE);
            one.setString(0, texts.get(at).getKey());
            one.set(JAVA_INT, TYPE, STRING);
            one.set(ADDRESS, VALUE, arena.allocateFrom(texts.get(at).getValue()));
        }
        return array;
    }

    /** The whole numbers of 64 bits among {@code count} parameters, by name. */
    @SuppressWarnings("restricted") // libvirt says how many there are
    static Map<String, Long> numbers(MemorySegment start, int count) {
        var numbers = new HashMap<String, Long>();
        var array = start.reinterpret(SIZE * count);
        for (int at = 0; at < count; at++) {
            var one = array.asSlice(at * SIZE, SIZE);
            int type = one.get(JAVA_INT, TYPE);
            if (type == LLONG || type == ULLONG) numbers.put(one.getString(0), one.get(JAVA_LONG, VALUE));
        }
        return numbers;
    }
}
