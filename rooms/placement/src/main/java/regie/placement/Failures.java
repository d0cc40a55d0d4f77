package regie.placement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import regie.kernel.Check;

/**
 * All failures that some guest was promised to survive, each once. What takes the same hosts is one failure, whatever its name: the
 * loss of a rack with one host is the loss of that host, and whoever was promised to survive either returns after both.
 */
final class Failures {
    private static final Domain[] KINDS = Domain.values();

    private final Domains domains;
    private final Map<Integer, Failure> alone = new HashMap<>();
    private final Map<Key, Failure> together = new HashMap<>();
    private int next;

    private record Key(int domain, int count) {}

    Failures(Domains domains) {
        this.domains = domains;
    }

    /** What takes the host with it; null where it isn't known, or where no failure of that kind does. */
    @Nullable
    Failure of(Refuge refuge, Domain kind) {
        var known = refuge.failures()[kind.number()];
        if (known != null) return known;
        var failure = find(refuge.host(), kind);
        refuge.failures()[kind.number()] = failure;
        return failure;
    }

    private @Nullable Failure find(HostState host, Domain kind) {
        int domain = host.domains()[kind.number()];
        if (domain == Domains.NONE || !domains.known(domain)) return null;
        var known = alone.get(domain);
        if (known != null) return known;
        int same = same(host, kind);
        var failure = alone.get(same);
        if (failure == null) failure = new Failure(next++, Domains.kind(same), same, domains.name(same), 1);
        alone.put(same, failure);
        alone.put(domain, failure);
        return failure;
    }

    /** How many hosts fall with {@code host}; 0 where none are known to. */
    int size(HostState host, Domain kind) {
        int domain = host.domains()[kind.number()];
        return domain == Domains.NONE || !domains.known(domain)
                ? 0
                : domains.hosts(domain).size();
    }

    /** The host's part in the loss of {@code count} hosts at once. */
    Failure of(HostState host, int count) {
        int domain = host.domains()[Domain.HOST.number()];
        return together.computeIfAbsent(
                new Key(domain, count), _ -> new Failure(next++, Domain.HOST, domain, domains.name(domain), count));
    }

    /** Whether what {@code host} falls with takes the same hosts as other failures, or others, as when it was asked for. */
    boolean still(HostState host) {
        for (var kind : KINDS) {
            int domain = host.domains()[kind.number()];
            var known = domain == Domains.NONE ? null : alone.get(domain);
            if (known != null && known.number() != same(host, kind)) return false;
        }
        return true;
    }

    /** Forgets what no host is in any more, for its number will be used again. */
    void forget(HostState gone) {
        for (var kind : KINDS) {
            int domain = gone.domains()[kind.number()];
            var known = domain == Domains.NONE ? null : alone.get(domain);
            if (known == null || (known.number() == domain && alive(known))) continue;
            if (known.number() != domain && alive(known)) continue;
            alone.remove(domain);
        }
        int host = gone.domains()[Domain.HOST.number()];
        for (int count = 2; count <= Survives.COUNT_MAX; count++) together.remove(new Key(host, count));
    }

    private boolean alive(Failure failure) {
        return domains.number(failure.domain(), failure.name())
                .filter(number -> number == failure.number())
                .isPresent();
    }

    /** The smallest kind of domain with the same hosts as the host's of {@code kind}. */
    private int same(HostState host, Domain kind) {
        int domain = host.domains()[kind.number()];
        var hosts = domains.hosts(domain);
        for (var smaller : KINDS) {
            int other = host.domains()[smaller.number()];
            if (other == domain) return domain;
            if (other == Domains.NONE || !domains.known(other)) continue;
            var others = domains.hosts(other);
            if (others.size() == hosts.size() && new HashSet<>(others).containsAll(hosts)) return other;
        }
        throw Check.failed("a domain is one of its host's");
    }
}
