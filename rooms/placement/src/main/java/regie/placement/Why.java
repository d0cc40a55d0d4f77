package regie.placement;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a guest finds no host: what took how many out, in the order they fell.
 *
 * @param hosts how many there are
 * @param falls none where a host was found
 */
public record Why(int hosts, List<Fall> falls) {
    /** A host was found. */
    public static final Why FOUND = new Why(0, List.of());

    public Why {
        falls = List.copyOf(falls);
    }

    /**
     * @param reason about the hosts that fell, such as {@code at another site}
     * @param fell how many did
     * @param left how many were left to fall to what comes next
     */
    public record Fall(String reason, int fell, int left) {
        @Override
        public String toString() {
            return "%d %s (%d left)".formatted(fell, reason, left);
        }
    }

    @Override
    public String toString() {
        if (hosts == 0) return falls.isEmpty() ? "no host is known" : String.valueOf(falls);
        return "of %d %s: ".formatted(hosts, hosts == 1 ? "host" : "hosts")
                + falls.stream().map(Fall::toString).collect(Collectors.joining(", "));
    }
}
