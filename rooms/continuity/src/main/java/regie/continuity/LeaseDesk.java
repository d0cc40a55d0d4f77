package regie.continuity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Ears;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.agent.lease.RoomVoice;
import regie.agent.lease.Terms;

/**
 * Where hosts that attend here are heard and answered for the sake of their leases: all in memory, by one server of the room. What has
 * to be known beyond it is taken from here by {@link Leases} and written down.
 */
public final class LeaseDesk {
    /** So many beats of all its hosts a server hears in a second. */
    private static final int BEATS_MAX = 2_000;

    private static final long BEAT_MILLIS = 200;
    /** Of the time between two beats: a beat that is out for so long is overdue. */
    private static final long LATE_PERCENT = 150;

    /** Beyond this a host takes the room for deaf: it expects an answer within a second. */
    private static final long BEAT_MILLIS_MAX = 800;

    private final String name;
    private final LongSupplier nanos;
    private final RoomVoice voice;
    private final Map<String, Visitor> visitors = new HashMap<>();
    private final Map<String, Able> able = new HashMap<>();
    private final Map<String, Long> settled = new HashMap<>();
    private final Map<String, Watching> watching = new HashMap<>();
    private final List<Refused> promises = new ArrayList<>();
    private Ears ears = new Ears(Duration.ofMillis(BEAT_MILLIS));
    private final Set<String> known = new HashSet<>();
    private long beatMillis = BEAT_MILLIS;
    private Refusals refusals = Refusals.NONE;

    /**
     * What an agent says it can do for a host.
     *
     * @param terms number of the newest it counts by; 0 for none
     */
    public record Able(boolean holds, long terms, String tunnel) {
        /** One that knows of no leases: whatever it was handed once, it counts by none. */
        public static final Able NOT = new Able(false, 0, "");
    }

    /** As a voter for others: whose beats come, and whose are missed. */
    public record Watching(List<String> hears, List<String> misses) {}

    private record Visitor(LeaseLine line, boolean speaks) {}

    /** @param name told apart from all other servers of the room, and from all hosts */
    LeaseDesk(String name, LongSupplier nanos) {
        this.name = name;
        this.nanos = nanos;
        this.voice = new RoomVoice(name, nanos.getAsLong());
    }

    String name() {
        return name;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** @param speaks whether the host's agent knows of leases */
    public synchronized void attend(String host, boolean speaks, LeaseLine line) {
        visitors.put(host, new Visitor(line, speaks));
        if (!speaks) able.put(host, Able.NOT);
    }

    public synchronized void leave(String host, LeaseLine line) {
        var visitor = visitors.get(host);
        if (visitor == null || !visitor.line().equals(line)) return; // it attends here by a newer line
        visitors.remove(host);
        watching.remove(host);
    }

    public synchronized void can(String host, Able what) {
        able.put(host, what);
        line(host).ifPresent(line -> line.refusing(refusals));
    }

    public void heard(String host, Beat beat) {
        if (!beat.host().equals(host)) return;
        Answer answer;
        Optional<LeaseLine> line;
        synchronized (this) {
            long now = nanos.getAsLong();
            ears.heard(beat, now);
            if (ears.knows(host)) known.add(host);
            settled.put(host, beat.settled());
            answer = voice.heard(beat, now);
            line = line(host);
        }
        line.ifPresent(it -> it.answered(answer));
    }

    public synchronized void promised(String host, List<Refused> all) {
        for (var promise : all) if (promise.by().equals(host)) promises.add(promise);
    }

    public synchronized void watching(String host, Watching what) {
        watching.put(host, what);
    }

    private Optional<LeaseLine> line(String host) {
        return Optional.ofNullable(visitors.get(host)).filter(Visitor::speaks).map(Visitor::line);
    }

    /** @param asked when the reading began */
    void read(Refusals list, long asked) {
        var told = new ArrayList<LeaseLine>();
        synchronized (this) {
            voice.read(list, asked);
            if (list.number() > refusals.number()) {
                refusals = list;
                visitors.forEach((_, visitor) -> {
                    if (visitor.speaks()) told.add(visitor.line());
                });
            }
        }
        told.forEach(line -> line.refusing(list));
    }

    synchronized boolean attended() {
        return visitors.values().stream().anyMatch(Visitor::speaks) || !able.isEmpty();
    }

    synchronized Map<String, Able> takeAble() {
        var taken = Map.copyOf(able);
        able.clear();
        return taken;
    }

    synchronized void putBack(Map<String, Able> untold) {
        untold.forEach(able::putIfAbsent);
    }

    /** Numbers of terms that hosts have settled on, as they last said. */
    synchronized Map<String, Long> settled() {
        return Map.copyOf(settled);
    }

    /** The voters' and this server's own. */
    synchronized List<Refused> takePromises() {
        var taken = new ArrayList<>(promises);
        promises.clear();
        taken.addAll(voice.refused(nanos.getAsLong()));
        return taken;
    }

    /** Those whose beats to this server are overdue. */
    synchronized Set<String> late() {
        long now = nanos.getAsLong();
        long most = beatMillis * LATE_PERCENT * 10_000;
        return known.stream()
                .filter(host -> ears.silentNanos(host, now)
                        .filter(since -> since > most)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** For how long this server has not heard it. */
    synchronized long silentMillis(String host) {
        return ears.silentNanos(host, nanos.getAsLong()).orElse(0L) / 1_000_000;
    }

    /** Who hears whom, by what is known here. */
    synchronized Map<Ear, Boolean> ears() {
        var misses = new HashMap<Ear, Boolean>();
        long now = nanos.getAsLong();
        for (var host : known) misses.put(new Ear(host, Answer.ROOM), ears.misses(host, now));
        watching.forEach((listener, what) -> {
            for (var host : what.hears()) misses.put(new Ear(host, listener), false);
            for (var host : what.misses()) misses.put(new Ear(host, listener), true);
        });
        return misses;
    }

    /** Another server of the room hears it now. */
    synchronized void forget(String host) {
        ears.forget(host);
        known.remove(host);
        settled.remove(host);
    }

    synchronized Set<String> visitors() {
        return Set.copyOf(visitors.keySet());
    }

    void tell(Terms terms) {
        Optional<LeaseLine> line;
        long millis;
        synchronized (this) {
            line = line(terms.host());
            millis = beatMillis;
        }
        line.ifPresent(it -> it.termed(terms, millis));
    }

    /** True where hosts have to be told to beat at another pace. */
    synchronized boolean paceChanged() {
        long wanted = BEAT_MILLIS;
        while (wanted < BEAT_MILLIS_MAX && visitors.size() * 1_000L / wanted > BEATS_MAX) wanted *= 2;
        if (wanted == beatMillis) return false;
        beatMillis = wanted;
        ears = new Ears(Duration.ofMillis(wanted));
        known.clear();
        return true;
    }
}
