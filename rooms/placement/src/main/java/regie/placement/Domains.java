package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Check;

/**
 * Which hosts fail as one. A domain has a number from which its kind can be told; it is the domain's for as long as a host is in
 * it.
 *
 * <p>A host with two power feeds or more hangs on none alone, so it is in no feed's domain ({@link #NONE}). Hosts of a site of
 * which the rack (room, feed, switches) is not known share one domain that is not {@linkplain #known known}: nothing is proven
 * to be apart there, and no failure of it is foreseen.
 */
final class Domains {
    static final int NONE = -1;

    private static final Domain[] KINDS = Domain.values();
    private static final int KIND_BITS = 26;

    private final Map<Domain, Map<String, Integer>> numbers = new HashMap<>();
    private final List<List<Optional<Members>>> members = new ArrayList<>();

    /** @param known false for the domain of those of which it is not known */
    private record Members(String name, boolean known, List<HostState> hosts) {}

    Domains() {
        for (var kind : KINDS) {
            numbers.put(kind, new HashMap<>());
            members.add(new ArrayList<>());
        }
    }

    /** The domains of {@code host} by kind, {@code NONE} where it is in none; it is counted as a member of each. */
    int[] join(HostState host) {
        var domains = new int[KINDS.length];
        for (var kind : KINDS) domains[kind.number()] = join(kind, host);
        return domains;
    }

    void leave(HostState host) {
        for (int domain : host.domains()) {
            if (domain == NONE) continue;
            var left = of(domain);
            left.hosts().remove(host);
            if (left.hosts().isEmpty()) {
                Check.present(numbers.get(kind(domain))).remove(key(left.name(), left.known()));
                members.get(kind(domain).number()).set(index(domain), Optional.empty());
            }
        }
    }

    static Domain kind(int domain) {
        return KINDS[domain >>> KIND_BITS];
    }

    /** Its number among those of its kind, from 0 and dense. */
    static int index(int domain) {
        return domain & ((1 << KIND_BITS) - 1);
    }

    /** The first number of a kind; all others of it follow, up to its end. */
    static int first(Domain kind) {
        return kind.number() << KIND_BITS;
    }

    /** One more than any number of a kind. */
    static int end(Domain kind) {
        return (kind.number() + 1) << KIND_BITS;
    }

    Optional<Integer> number(Domain kind, String name) {
        return Optional.ofNullable(Check.present(numbers.get(kind)).get(key(name, true)));
    }

    String name(int domain) {
        return of(domain).name();
    }

    boolean known(int domain) {
        return of(domain).known();
    }

    /** Nobody where there is no such domain any more. */
    List<HostState> hosts(int domain) {
        var found = members.get(kind(domain).number()).get(index(domain));
        return found.isPresent() ? found.get().hosts() : List.of();
    }

    /** Numbers of a kind are below its first plus this. */
    int span(Domain kind) {
        return members.get(kind.number()).size();
    }

    private Members of(int domain) {
        return members.get(kind(domain).number()).get(index(domain)).orElseThrow();
    }

    private int join(Domain kind, HostState host) {
        var location = host.host().location();
        var name = switch (kind) {
            case HOST -> host.host().id().toString();
            case RACK -> location.rack();
            case FEED -> location.feeds().isEmpty() ? "" : location.feeds().getFirst();
            case SWITCH_PAIR -> location.switches();
            case ROOM -> location.room();
            case SITE -> location.site();
        };
        if (kind == Domain.FEED && location.feeds().size() > 1) return NONE;
        boolean known = !name.isEmpty();
        return join(kind, known ? name : location.site(), known, host);
    }

    private int join(Domain kind, String name, boolean known, HostState host) {
        var found = members.get(kind.number());
        int index = Check.present(numbers.get(kind)).computeIfAbsent(key(name, known), _ -> {
            int at = found.indexOf(Optional.<Members>empty());
            if (at < 0) {
                at = found.size();
                found.add(Optional.empty());
            }
            found.set(at, Optional.of(new Members(name, known, new ArrayList<>())));
            return first(kind) + at;
        });
        of(index).hosts().add(host);
        return index;
    }

    private static String key(String name, boolean known) {
        return (known ? "=" : "?") + name;
    }
}
