package regie.lab.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks whichever server of a room answers, on a connection that is kept. */
final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int TRIES_MAX = 1_200;
    private static final int PAUSE_MILLIS = 100;

    private final List<InetSocketAddress> rooms;
    private final String token;
    private int room;
    private Optional<Wire> kept = Optional.empty();

    /** @param first at which of the servers it begins */
    Client(List<InetSocketAddress> rooms, int first, String token) {
        this.rooms = rooms;
        this.room = first % rooms.size();
        this.token = token;
    }

    /** @return empty where there was no answer: it may be done, or not. The next question goes to the next server. */
    Optional<Wire.Answer> ask(String method, String path, String body, Map<String, String> headers) {
        try {
            var wire = kept.isPresent() ? kept.get() : new Wire(rooms.get(room), PATIENCE_MILLIS);
            kept = Optional.of(wire);
            wire.send(bytes(method, path, body, headers));
            var answer = wire.answer(false);
            if (answer.closes()) hangUp();
            if (answer.status() != UNAVAILABLE) return Optional.of(answer);
        } catch (IOException e) {
            // whoever was asked is gone
        }
        hangUp();
        room = (room + 1) % rooms.size();
        pause();
        return Optional.empty();
    }

    private byte[] bytes(String method, String path, String body, Map<String, String> headers) {
        var shot = new Shot.Builder(method, path).header("Authorization", "Bearer " + token);
        headers.forEach(shot::header);
        if (!body.isEmpty()) shot.header("Content-Type", type(method)).body(body.getBytes(StandardCharsets.UTF_8));
        return shot.build().bytes();
    }

    private static String type(String method) {
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }

    /** Asks until there is an answer: for what may be done several times, such as reading. */
    Wire.Answer surely(String method, String path, String body, Map<String, String> headers) throws IOException {
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            var answer = ask(method, path, body, headers);
            if (answer.isPresent() && !later(answer.get())) return answer.get();
            if (answer.isPresent()) pause();
        }
        throw new IOException("nobody answers %s %s".formatted(method, path));
    }

    /** As {@link #surely}, under a key that has it done once however often it is asked for. */
    Wire.Answer once(String key, String method, String path, String body, Map<String, String> headers)
            throws IOException {
        var keyed = new HashMap<>(headers);
        keyed.put("Idempotency-Key", key);
        return surely(method, path, body, keyed);
    }

    Wire.Answer read(String path) throws IOException {
        return surely("GET", path, "", Map.of());
    }

    private static boolean later(Wire.Answer answer) {
        return answer.status() == TOO_MANY
                || (answer.status() == 409 && answer.body().contains("request-under-way"));
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }

    Wire.Answer mustDo(String method, String path, String body) throws IOException {
        var answer = ask(method, path, body, Map.of())
                .orElseThrow(() -> new IOException("no answer to %s %s".formatted(method, path)));
        if (answer.status() / 100 != 2) throw new IOException("%s %s: %s".formatted(method, path, answer.body()));
        return answer;
    }

    private void hangUp() {
        try {
            if (kept.isPresent()) kept.get().close();
        } catch (IOException e) {
            // it is of no use either way
        }
        kept = Optional.empty();
    }

    @Override
    public void close() {
        hangUp();
    }
}
