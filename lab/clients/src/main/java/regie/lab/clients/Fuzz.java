package regie.lab.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import tools.jackson.databind.JsonNode;

/**
 * Asks a control room for everything that its description names, wrongly: always a 4xx or a closed connection, never a failure, a
 * word about what is inside, or a change. One seed gives the same requests again.
 */
public final class Fuzz {
    private static final int WORKERS = 4;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int FINDINGS_MAX = 100;
    private static final int STATUS_MAX = 1_000;

    private final InetSocketAddress room;
    private final String token;
    private final JsonNode description;
    private final List<Operation> operations;
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLongArray byStatus = new AtomicLongArray(STATUS_MAX);
    private final AtomicLong closed = new AtomicLong();

    /**
     * @param openApi the description that is gone through
     * @param token an operator's, so that nothing is refused for want of leave alone
     */
    public Fuzz(InetSocketAddress room, String token, String openApi) {
        this.room = room;
        this.token = token;
        this.description = Inventor.JSON.readTree(openApi);
        this.operations = Operation.of(description);
    }

    /**
     * What came of it.
     *
     * @param byStatus how often each status was answered; 0 stands for a closed connection
     * @param findings what is wrong, in words, with what was asked
     */
    public record Report(Map<Integer, Long> byStatus, List<String> findings) {
        public Report {
            byStatus = Map.copyOf(byStatus);
            findings = List.copyOf(findings);
        }

        public long requests() {
            return byStatus.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Puts something there that requests can be aimed at. Once for a room. */
    public void prepare() throws IOException {
        new Traces(room, token, description).declareTargets();
    }

    /**
     * Goes once through all operations, and through all that is done to connections.
     *
     * @param shots at each operation
     * @param patient whether connections that do nothing are waited for until the room ends them, which takes a minute and more
     */
    public Report run(long seed, int shots, boolean patient) throws IOException, InterruptedException {
        findings.clear();
        var traces = new Traces(room, token, description);
        var before = traces.now();
        var jobs = new ArrayList<Callable<Boolean>>();
        for (int worker = 0; worker < WORKERS; worker++) {
            int first = worker;
            jobs.add(() -> shoot(seed, first, shots));
        }
        var attacks = new Attacks(room, token, seed, patient);
        for (var attack : attacks.all()) jobs.add(() -> attack(attack));
        try (var threads = Executors.newFixedThreadPool(jobs.size())) {
            for (var job : threads.invokeAll(jobs)) job.get();
        } catch (ExecutionException e) {
            throw new IOException("the run of seed %d broke: %s".formatted(seed, e.getCause()), e.getCause());
        }
        before.differences(traces.now()).forEach(difference -> note("something changed: " + difference));
        traces.changesSince(before).forEach(change -> note("the log tells of a change: " + change));
        return report();
    }

    private Report report() {
        var counts = new TreeMap<Integer, Long>();
        for (int status = 0; status < STATUS_MAX; status++) {
            long count = byStatus.getAndSet(status, 0);
            if (count > 0) counts.put(status, count);
        }
        counts.merge(0, closed.getAndSet(0), Long::sum);
        return new Report(counts, findings);
    }

    private boolean attack(Attacks.Attack attack) {
        attack.run().ifPresent(this::note);
        return true;
    }

    private boolean shoot(long seed, int first, int shots) throws IOException {
        Optional<Wire> kept = Optional.empty();
        for (int at = first; at < operations.size(); at += WORKERS) {
            var operation = operations.get(at);
            var marksman = new Marksman(description, token, new SplittableRandom(seed * 10_007 + at));
            for (int number = 0; number < shots; number++) {
                var shot = marksman.at(operation);
                var wire = kept.isPresent() ? kept.get() : new Wire(room, PATIENCE_MILLIS);
                kept = fire(wire, shot, "seed %d, %s, shot %d".formatted(seed, operation, number));
            }
        }
        if (kept.isPresent()) kept.get().close();
        return true;
    }

    /** @return the connection, where it is good for another request */
    private Optional<Wire> fire(Wire wire, Shot shot, String name) throws IOException {
        try {
            wire.send(shot.bytes());
            var answer = wire.answer(shot.stream());
            byStatus.incrementAndGet(answer.status());
            Judge.of(shot, answer).ifPresent(wrong -> note("%s: %s%n%s".formatted(name, wrong, shot.shown())));
            if (!answer.closes() && !shot.stream()) return Optional.of(wire);
        } catch (java.net.SocketTimeoutException e) {
            note("%s: no answer in %d s%n%s".formatted(name, PATIENCE_MILLIS / 1_000, shot.shown()));
        } catch (IOException e) {
            closed.incrementAndGet();
        }
        wire.close();
        return Optional.empty();
    }

    private void note(String wrong) {
        if (findings.size() < FINDINGS_MAX) findings.add(wrong);
    }
}
