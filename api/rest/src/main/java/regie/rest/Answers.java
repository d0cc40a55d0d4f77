package regie.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.EOFException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Clock;
import regie.kernel.Fault;
import regie.kernel.Refused;
import regie.kernel.ResourceRefusal;

/** Turns whatever went wrong into a problem: the one place that does. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Clock clock;

    private Answers(Clock clock) {
        this.clock = clock;
    }

    static void register(JavalinConfig config, Clock clock) {
        var answers = new Answers(clock);
        config.routes.exception(Refused.class, answers::refused);
        config.routes.exception(Fault.class, answers::fault);
        config.routes.exception(HttpResponseException.class, answers::http);
        // The caller went away, or only ended its side: then it has to hear that nothing was done.
        config.routes.exception(EofException.class, (_, http) -> answers.unreadable(http));
        config.routes.exception(EOFException.class, (_, http) -> answers.unreadable(http));
        config.routes.exception(Exception.class, answers::broken);
    }

    private void refused(Refused e, Context http) {
        var problem = Problem.of(e.refusal());
        boolean conditional = http.header("If-Match") != null || http.header("If-None-Match") != null;
        boolean moved =
                e.refusal() instanceof ResourceRefusal.Stale || e.refusal() instanceof ResourceRefusal.AlreadyThere;
        if (e.refusal() instanceof RestRefusal.TooManyRequests tooMany)
            http.header("Retry-After", Long.toString(tooMany.waitSeconds()));
        else if (problem.status() == 429) http.header("Retry-After", "1");
        if (problem.status() == 401) http.header("WWW-Authenticate", "Bearer");
        write(http, conditional && moved ? problem.withStatus(412) : problem);
    }

    private void fault(Fault e, Context http) {
        LOG.warn("request {} failed: {}", Dispatcher.requestId(http), e.getMessage(), e);
        write(http, Problem.fault());
    }

    private void broken(Exception e, Context http) {
        if (e instanceof HttpException bad && bad.getCode() < 500) {
            write(http, Problem.http(bad.getCode(), String.valueOf(bad.getReason())));
            return;
        }
        LOG.error("request {} failed", Dispatcher.requestId(http), e);
        write(http, Problem.broken(Dispatcher.requestId(http)));
    }

    private void http(HttpResponseException e, Context http) {
        switch (e.getStatus()) {
            case 404 -> write(http, Problem.of(new RestRefusal.NoSuchPath(http.path())));
            case 405 ->
                write(
                        http,
                        Problem.of(
                                new RestRefusal.MethodNotAllowed(http.method().name(), http.path(), methods(e))));
            default -> write(http, Problem.http(e.getStatus(), String.valueOf(e.getMessage())));
        }
    }

    private static List<String> methods(HttpResponseException e) {
        return Arrays.stream(e.getDetails().getOrDefault("availableMethods", "").split(", *", -1))
                .filter(method -> !method.isEmpty())
                .toList();
    }

    private void unreadable(Context http) {
        write(http, Problem.of(new RestRefusal.BodyUnreadable("it ends too early, or is no HTTP")));
    }

    private void write(Context http, Problem problem) {
        if (http.res().isCommitted()) return; // a stream under way can only end
        if (!endsItsBody(http)) http.header("Connection", "close");
        http.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(problem.json());
    }

    /** A caller that waits for leave to send its body has sent none, and won't after a refusal. */
    private boolean endsItsBody(Context http) {
        return http.header("Expect") == null && Body.discard(http.bodyInputStream(), clock);
    }
}
