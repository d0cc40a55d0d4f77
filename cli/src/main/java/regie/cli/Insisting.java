package regie.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/**
 * Asks again where an answer got lost, or the room says that it will have one in a moment: a room that is started again needs a
 * second or two. What changes something goes under a key of its own, so that the room does it once and answers what it answered
 * the first time.
 */
record Insisting(Http http, Progress progress, InstantSource time) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final Set<String> IN_A_MOMENT = Set.of("unavailable", "stopping", "request-under-way");

    /** @throws Failure where no answer came; an answer of any status is returned */
    Http.Answer send(Http.Request request) {
        var keyed = keyed(request);
        var end = time.instant().plus(PATIENCE);
        var pause = PAUSE;
        for (boolean asked = false; ; asked = true) {
            boolean patient = time.instant().isBefore(end);
            try {
                var answer = http.send(keyed);
                if (!patient || !inAMoment(answer)) return answer;
            } catch (IOException e) {
                if (!patient || (!asked && wasNotSent(e))) throw http.unreachable(e);
            }
            progress.detail("it went away; asking again");
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    private static Http.Request keyed(Http.Request request) {
        if (request.reads()) return request;
        var headers = new HashMap<>(request.headers());
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        return new Http.Request(request.method(), request.path(), request.accept(), headers, request.body());
    }

    /** Nobody is there, or somebody else: waiting would only hide it. */
    private static boolean wasNotSent(IOException e) {
        return e instanceof ConnectException || e instanceof UnknownHostException || e instanceof SSLException;
    }

    private static boolean inAMoment(Http.Answer answer) {
        if (answer.status() != 503 && answer.status() != 409) return false;
        return IN_A_MOMENT.contains(
                Problem.failure(answer.status(), answer.text()).code());
    }
}
