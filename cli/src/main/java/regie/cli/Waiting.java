package regie.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code --wait}: follows the room until every resource is as wanted, or gone. */
final class Waiting {
    private final Session session;
    private final Room room;
    private final KindCatalog kinds;
    private final Duration patience;
    /** What is awaited of each, for as long as something is. */
    private final Map<ResourceKey, String> awaited = new LinkedHashMap<>();

    Waiting(Session session, Room room, Duration patience) {
        this.session = session;
        this.room = room;
        this.kinds = session.kinds(room);
        this.patience = patience;
    }

    /** @throws Failure with {@link ExitCode#TIMED_OUT}, which says what is still awaited */
    void untilSettled(Collection<ResourceKey> keys) {
        until(
                "waiting for what was declared",
                keys,
                resource -> resource.map(Settled::awaits).orElse(Optional.of("it is gone")));
    }

    /** As {@link #untilSettled}, for what is being deleted. */
    void untilGone(Collection<ResourceKey> keys) {
        until(
                "waiting until all is gone",
                keys,
                resource -> resource.map(each -> Settled.awaits(each).orElse("being deleted")));
    }

    private void until(
            String words, Collection<ResourceKey> keys, Function<Optional<JsonNode>, Optional<String>> awaits) {
        if (keys.isEmpty()) return;
        session.progress().during(words, () -> {
            var end = Instant.now().plus(patience);
            var events = EventStream.open(room, "", Optional.of(position(keys)));
            for (var key : keys) look(key, room.find(path(key)), awaits);
            while (!awaited.isEmpty()) {
                session.progress().detail(shown());
                var event = events.next(Duration.between(Instant.now(), end));
                if (event.isEmpty() && !Instant.now().isBefore(end)) throw timedOut();
                event.ifPresent(news -> hear(news, awaits));
            }
            return true;
        });
    }

    private void hear(EventStream.Event event, Function<Optional<JsonNode>, Optional<String>> awaits) {
        var key = ResourceKey.of(event.resource());
        if (!awaited.containsKey(key)) return;
        look(key, event.what().equals("deleted") ? Optional.empty() : Optional.of(event.resource()), awaits);
    }

    private void look(
            ResourceKey key, Optional<JsonNode> resource, Function<Optional<JsonNode>, Optional<String>> awaits) {
        awaits.apply(resource).ifPresentOrElse(what -> awaited.put(key, what), () -> awaited.remove(key));
    }

    /** Taken before anything is read, so that no change falls between reading and listening. */
    private String position(Collection<ResourceKey> keys) {
        var kind = kinds.named(keys.iterator().next().kind());
        return Json.text(room.get(kind.listPath(Optional.empty()) + "?limit=1"), "position");
    }

    private String path(ResourceKey key) {
        return kinds.named(key.kind()).path(key.project(), key.name());
    }

    private String shown() {
        var first = awaited.entrySet().iterator().next();
        var one = "%s: %s".formatted(first.getKey(), first.getValue());
        return awaited.size() == 1 ? one : "%d left, %s".formatted(awaited.size(), one);
    }

    private Failure timedOut() {
        List<String> lines = new ArrayList<>();
        lines.add("Not done after %s; it goes on without this program. Still awaited:"
                .formatted(Moments.rough(patience)));
        awaited.entrySet().stream()
                .limit(20)
                .forEach(entry -> lines.add("%s: %s".formatted(entry.getKey(), entry.getValue())));
        var first = awaited.keySet().iterator().next();
        lines.add("Why: regie explain %s %s".formatted(first.kind().toLowerCase(java.util.Locale.ROOT), first.name()));
        return new Failure(ExitCode.TIMED_OUT, "wait-timed-out", String.join("\n", lines));
    }
}
