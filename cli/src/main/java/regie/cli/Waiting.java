package regie.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code --wait}: follows the room until every resource is as wanted, or gone. */
final class Waiting {
    private static final int SHOWN_MAX = 20;
    /** That a loop is done with a resource is no event: what only that is missing of is asked for again this often. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(300);

    private final Session session;
    private final Room room;
    private final KindCatalog kinds;
    private final Duration patience;
    /** What is awaited of each, for as long as something is. */
    private final Map<ResourceKey, String> awaited = new LinkedHashMap<>();
    /** Those of {@link #awaited} that look as wanted, but maybe only because no loop has looked at them yet. */
    private final Set<ResourceKey> unconfirmed = new HashSet<>();

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
                resource -> resource.map(each -> Settled.awaits(each).orElse("it is being deleted")));
    }

    private void until(
            String words, Collection<ResourceKey> keys, Function<Optional<JsonNode>, Optional<String>> awaits) {
        if (keys.isEmpty()) return;
        session.progress().during(words, () -> {
            var end = session.now().plus(patience);
            var position = Optional.of(position(keys));
            var seen = new Seen(room, kinds).of(keys);
            for (var key : keys) look(key, Optional.ofNullable(seen.get(key)), awaits);
            try (var events = EventStream.open(room, "", position)) {
                while (!awaited.isEmpty()) pass(events, end, awaits);
            }
            return true;
        });
    }

    private void pass(EventStream events, Instant end, Function<Optional<JsonNode>, Optional<String>> awaits) {
        session.progress().detail(shown());
        var left = Duration.between(session.now(), end);
        if (left.isNegative()) throw timedOut();
        var event = events.next(unconfirmed.isEmpty() || left.compareTo(ASK_AGAIN) < 0 ? left : ASK_AGAIN);
        event.ifPresent(news -> hear(news, awaits));
        List.copyOf(unconfirmed).forEach(this::confirm);
    }

    private void hear(EventStream.Event event, Function<Optional<JsonNode>, Optional<String>> awaits) {
        var key = ResourceKey.of(event.resource());
        if (!awaited.containsKey(key)) return;
        look(key, event.what().equals("deleted") ? Optional.empty() : Optional.of(event.resource()), awaits);
    }

    private void look(
            ResourceKey key, Optional<JsonNode> resource, Function<Optional<JsonNode>, Optional<String>> awaits) {
        var what = awaits.apply(resource);
        unconfirmed.remove(key);
        if (what.isPresent()) {
            awaited.put(key, what.get());
        } else if (resource.isEmpty() || resource.get().path("status").isEmpty()) {
            awaited.remove(key);
        } else {
            awaited.put(key, "the room has not looked at it yet");
            unconfirmed.add(key);
            confirm(key);
        }
    }

    /** A status that looks right may be the one of before the change; not so once no loop has it before itself any more. */
    private void confirm(ResourceKey key) {
        var work = room.get(path(key) + "/explain").path("work");
        if (work.isObject() && !isLater(Json.text(work, "dueAt"))) return;
        unconfirmed.remove(key);
        awaited.remove(key);
    }

    /** A loop that puts a resource off has looked at it. */
    private boolean isLater(String moment) {
        try {
            return Instant.parse(moment).isAfter(session.now().plusSeconds(1));
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    /** Taken before anything is read, so that no change falls between reading and listening. */
    private String position(Collection<ResourceKey> keys) {
        var kind = kinds.named(keys.iterator().next().kind());
        return new Listing(room, kind, Optional.empty(), Narrowing.NONE).position();
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
        var lines = new ArrayList<String>();
        lines.add("Not done after %s; it goes on without this program. Still awaited:"
                .formatted(Moments.rough(patience)));
        awaited.entrySet().stream()
                .limit(SHOWN_MAX)
                .forEach(entry -> lines.add("%s: %s".formatted(entry.getKey(), entry.getValue())));
        if (awaited.size() > SHOWN_MAX) lines.add("and %d more".formatted(awaited.size() - SHOWN_MAX));
        var first = awaited.keySet().iterator().next();
        lines.add("Why: regie explain %s %s".formatted(first.kind().toLowerCase(Locale.ROOT), first.name()));
        return new Failure(ExitCode.TIMED_OUT, "wait-timed-out", String.join("\n", lines));
    }
}
