package regie.network;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import regie.kernel.Check;
import regie.kernel.Sha256;

/**
 * MAC addresses made of their owner's uid, under the prefix that QEMU's guests have. 24 bits are few: in a network of some
 * thousand guests two will come to the same, so each owner has several candidates in a fixed order.
 */
final class Macs {
    private static final String PREFIX = "52:54:00";
    /** With a network full (65,536 of 16.7 million), all of them are taken once in 10^19. */
    private static final int CANDIDATES = 8;

    private Macs() {}

    /**
     * The first candidate of each owner that nobody has.
     *
     * @param taken says which of some MACs are taken in the network; asked once
     * @return by owner, in the order of {@code owners}
     */
    static Map<UUID, String> choose(Collection<UUID> owners, Function<List<String>, Set<String>> taken) {
        var candidates = new LinkedHashMap<UUID, List<String>>();
        for (var owner : owners) candidates.put(owner, candidates(owner));
        var used = new HashSet<>(
                taken.apply(candidates.values().stream().flatMap(List::stream).toList()));
        var chosen = new LinkedHashMap<UUID, String>();
        candidates.forEach((owner, macs) -> chosen.put(
                owner,
                macs.stream()
                        .filter(used::add)
                        .findFirst()
                        .orElseThrow(() -> Check.failed("one of %d MAC candidates is free".formatted(CANDIDATES)))));
        return chosen;
    }

    static List<String> candidates(UUID owner) {
        return IntStream.range(0, CANDIDATES).mapToObj(turn -> mac(owner, turn)).toList();
    }

    private static String mac(UUID owner, int turn) {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(owner.getMostSignificantBits())
                .putLong(owner.getLeastSignificantBits())
                .putInt(turn);
        var hash = Sha256.of(bytes.array());
        return "%s:%02x:%02x:%02x".formatted(PREFIX, hash[0], hash[1], hash[2]);
    }
}
