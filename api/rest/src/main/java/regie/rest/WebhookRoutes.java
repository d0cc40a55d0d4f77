package regie.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.delivery.DeliveryRecord;
import regie.delivery.DeliverySelection;
import regie.delivery.WebhookKinds;
import regie.delivery.WebhookSpec;
import regie.delivery.WebhookStatus;
import regie.delivery.Webhooks;
import regie.kernel.About;
import regie.kernel.ChangeLog;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Kind;

/** Secrets of webhooks, their delivery log, and sending anew. */
final class WebhookRoutes {
    private static final int PAGE = 100;
    private static final int PAGE_MAX = 1_000;
    private static final String STATES = String.join(
            ", ", Arrays.stream(DeliveryRecord.State.values()).map(Json::name).toList());

    private final Webhooks webhooks;

    WebhookRoutes(RestRooms rooms) {
        this.webhooks = rooms.webhooks();
    }

    record SecretWanted(
            @About(value = "how long deliveries are signed with the one before, too, in hours", otherwise = "24")
            @Min(0)
            @Max(168)
            int overlapHours) {}

    record SecretMade(@About("said this once") String secret) {}

    record ReplayWanted(
            @About("a position of the log, as a list, an event or a delivery gives it: what comes behind it is sent")
            String from) {}

    record RedeliveryWanted(
            @About(value = "numbers of dead letters; all of them where it is empty", otherwise = "[]") @Size(max = 1000)
            List<Long> deliveries) {}

    record Redelivery(
            @About("how many dead letters wait again") int deliveries) {}

    /** @param next the {@code after} of the next, older page */
    record DeliveryPage(List<DeliveryRecord> items, Optional<Long> next) {}

    List<Route> routes() {
        return Stream.concat(
                        of(WebhookKinds.PROJECT, "/v1/projects/{project}/webhooks/{name}"),
                        of(WebhookKinds.ESTATE, "/v1/estate-webhooks/{name}"))
                .toList();
    }

    private Stream<Route> of(Kind<WebhookSpec, WebhookStatus> kind, String one) {
        return Stream.of(
                Route.of(
                                "POST",
                                one + "/secrets",
                                "Makes the newest secret of a webhook, which is said this once.",
                                Shape.SECRET_MADE,
                                request -> secret(request, key(kind, request)))
                        .taking(Shape.SECRET_WANTED),
                Route.of(
                                "GET",
                                one + "/deliveries",
                                "What waits for a webhook and what became of it, newest first.",
                                Shape.DELIVERY_PAGE,
                                request -> deliveries(request, key(kind, request)))
                        .asking(
                                new Parameter("state", "only those: " + STATES),
                                new Parameter("limit", "most of one page, 1 to 1000; 100 where it is left out"),
                                new Parameter("after", "the page behind this one: the `next` of the page before")),
                Route.of(
                                "POST",
                                one + "/replay",
                                "Delivers all changes behind a position once more, each under the id that it had.",
                                Shape.NOTHING,
                                request -> replay(request, key(kind, request)))
                        .taking(Shape.REPLAY_WANTED),
                Route.of(
                                "POST",
                                one + "/redeliver",
                                "Puts dead letters back into the queue, each in its old place.",
                                Shape.REDELIVERY,
                                request -> redeliver(request, key(kind, request)))
                        .taking(Shape.REDELIVERY_WANTED));
    }

    private static Key key(Kind<?, ?> kind, Request request) {
        var project = kind.scope() == Kind.Scope.PROJECT ? request.path("project") : "";
        return kind.key(project, request.path("name"));
    }

    private void secret(Request request, Key key) throws IOException {
        var overlap = Duration.ofHours(request.body(SecretWanted.class).overlapHours());
        request.json(
                201,
                new SecretMade(
                        webhooks.makeSecret(request.caller(), key, overlap).text()));
    }

    private void deliveries(Request request, Key key) {
        int limit = request.number("limit", 1, PAGE_MAX, PAGE);
        var which = new DeliverySelection(
                request.parameter("state").map(state -> state(request, state)),
                request.parameter("after").map(after -> number(request, after)),
                limit);
        var items = webhooks.deliveries(request.caller(), key, which);
        var next = items.size() == limit ? Optional.of(items.getLast().number()) : Optional.<Long>empty();
        request.json(200, new DeliveryPage(items, next));
    }

    private void replay(Request request, Key key) throws IOException {
        var text = request.body(ReplayWanted.class).from();
        var from = ChangeLog.Position.parse(text)
                .orElseThrow(
                        () -> request.bad("from", "from is %s; expected a position such as 815-4711".formatted(text)));
        webhooks.replay(request.caller(), key, from);
        request.nothing();
    }

    private void redeliver(Request request, Key key) throws IOException {
        var numbers = request.body(RedeliveryWanted.class).deliveries();
        request.json(200, new Redelivery(webhooks.redeliver(request.caller(), key, numbers)));
    }

    private static DeliveryRecord.State state(Request request, String text) {
        return Arrays.stream(DeliveryRecord.State.values())
                .filter(state -> Json.name(state).equals(text))
                .findFirst()
                .orElseThrow(() -> request.bad("state", "state is %s; expected one of %s".formatted(text, STATES)));
    }

    private static long number(Request request, String after) {
        if (after.matches("\\d{1,18}")) return Long.parseLong(after);
        throw request.bad("after", "after is %s; expected the next of the page before".formatted(after));
    }
}
