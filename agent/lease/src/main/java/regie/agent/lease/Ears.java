package regie.agent.lease;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom one listener hears, on one path: the room's servers and every agent have a pair each. */
public final class Ears {
    private static final int HOSTS_MAX = 20_000;
    /** So many beats go out before their host finds that answers are overdue. */
    private static final int UNANSWERED = 2;

    private static final long ANSWER_NANOS = Duration.ofMillis(400).toNanos();

    private final Duration beat;
    private final Map<String, Heard> hosts = new HashMap<>();

    private static final class Heard {
        private final Accrual accrual;
        private Optional<Long> asked = Optional.empty();
        private boolean deaf;

        private Heard(Accrual accrual) {
            this.accrual = accrual;
        }

        private boolean missed(long now) {
            return accrual.suspects(now)
                    || asked.filter(at -> now - at >= ANSWER_NANOS).isPresent();
        }
    }

    /** Silent for so long that it is missed. */
    public record Silence(String host, long elapsedNanos) {}

    /** @param beat what lies between two beats on this path; a server of the room with many hosts has them beat less often */
    public Ears(Duration beat) {
        this.beat = beat;
    }

    /**
     * A beat of a host that hears no answers is passed over: it can't be served, and its lease is about to run out. The first such takes
     * back the two before it, for they were not answered either: its silence began with the last one that was.
     */
    public void heard(Beat beat, long now) {
        var known = hosts.get(beat.host());
        if (!beat.hears()) {
            if (known != null && !known.deaf) known.accrual.takeBack(UNANSWERED, now);
            if (known != null) known.deaf = true;
            return;
        }
        if (known == null) {
            if (hosts.size() >= HOSTS_MAX) forgetLongestSilent(now);
            hosts.put(beat.host(), new Heard(new Accrual(this.beat, now)));
        } else {
            known.accrual.heard(now);
            known.asked = Optional.empty();
            known.deaf = false;
        }
    }

    /** The host should be heard from now on; one that is known is left as it is. */
    public void expect(String host, long now) {
        hosts.computeIfAbsent(host, _ -> new Heard(new Accrual(beat, now)));
    }

    /** The host was asked for a sign of life: unanswered for 400 ms it is missed, however seldom it beats. The first question counts. */
    public void asked(String host, long now) {
        var known = hosts.get(host);
        if (known != null && known.asked.isEmpty()) known.asked = Optional.of(now);
    }

    public boolean knows(String host) {
        return hosts.containsKey(host);
    }

    /** All that were heard or expected, and not forgotten. */
    public Set<String> known() {
        return Set.copyOf(hosts.keySet());
    }

    /** False too of a host that was never heard. */
    public boolean misses(String host, long now) {
        return Optional.ofNullable(hosts.get(host))
                .filter(known -> known.missed(now))
                .isPresent();
    }

    /** Since the newest beat; empty of a host that was never heard. */
    public Optional<Long> silentNanos(String host, long now) {
        return Optional.ofNullable(hosts.get(host)).map(known -> known.accrual.silentNanos(now));
    }

    /** All that are missed, by name. */
    public List<Silence> missed(long now) {
        return hosts.entrySet().stream()
                .filter(each -> each.getValue().missed(now))
                .map(each -> new Silence(each.getKey(), each.getValue().accrual.silentNanos(now)))
                .sorted(Comparator.comparing(Silence::host))
                .toList();
    }

    /** It is no longer to be listened for. */
    public void forget(String host) {
        hosts.remove(host);
    }

    private void forgetLongestSilent(long now) {
        hosts.entrySet().stream()
                .max(Comparator.comparingLong(each -> each.getValue().accrual.silentNanos(now)))
                .map(Map.Entry::getKey)
                .ifPresent(hosts::remove);
    }
}
