package regie.lab.clients;

import java.util.Map;
import java.util.Optional;

/**
 * One write under one name, and what has to come of it whatever stands there: arithmetic of its own, which shares nothing with the
 * room's.
 */
sealed interface Move {
    int CREATED = 201;
    int DONE = 200;
    int GONE = 204;
    int NOT_FOUND = 404;
    int OTHER_GENERATION = 412;

    /** What the log says of a change; {@code thing} as it was right after, empty where it is gone. */
    record Event(String what, Optional<Thing> thing) {}

    /** @param event empty where nothing was changed */
    record Step(int status, Optional<Thing> after, Optional<Event> event) {
        static Step refused(int status, Optional<Thing> now) {
            return new Step(status, now, Optional.empty());
        }

        static Step wrote(int status, String what, Thing after) {
            return new Step(status, Optional.of(after), Optional.of(new Event(what, Optional.of(after))));
        }
    }

    /** Creates, or replaces labels and all. */
    record Put(long value, Optional<Long> condition) implements Move {
        @Override
        public Step on(Optional<Thing> now) {
            if (!holds(now)) return Step.refused(OTHER_GENERATION, now);
            return now.map(there ->
                            Step.wrote(DONE, "changed", new Thing(value, Optional.empty(), there.generation() + 1)))
                    .orElseGet(() -> Step.wrote(CREATED, "created", new Thing(value, Optional.empty(), 1)));
        }

        @Override
        public String method() {
            return "PUT";
        }

        @Override
        public String body(int user) {
            return Thing.content(user, value);
        }
    }

    /** A merge patch of one label: changes it, or takes it away. */
    record Patch(Optional<Long> note, Optional<Long> condition) implements Move {
        @Override
        public Step on(Optional<Thing> now) {
            if (now.isEmpty()) return Step.refused(NOT_FOUND, now);
            if (!holds(now)) return Step.refused(OTHER_GENERATION, now);
            var there = now.get();
            if (there.note().equals(note)) return Step.refused(DONE, now);
            return Step.wrote(DONE, "changed", new Thing(there.value(), note, there.generation() + 1));
        }

        @Override
        public String method() {
            return "PATCH";
        }

        @Override
        public String body(int user) {
            return "{\"labels\":{\"note\":%s}}"
                    .formatted(note.map("\"%d\""::formatted).orElse("null"));
        }
    }

    record Delete(Optional<Long> condition) implements Move {
        @Override
        public Step on(Optional<Thing> now) {
            if (now.isEmpty()) return Step.refused(NOT_FOUND, now);
            if (!holds(now)) return Step.refused(OTHER_GENERATION, now);
            return new Step(GONE, Optional.empty(), Optional.of(new Event("deleted", Optional.empty())));
        }

        @Override
        public String method() {
            return "DELETE";
        }

        @Override
        public String body(int user) {
            return "";
        }
    }

    Step on(Optional<Thing> now);

    String method();

    /** Of the request; empty where it has none. */
    String body(int user);

    /** The generation that it has to be at; 0 where nothing may be there. */
    Optional<Long> condition();

    default boolean holds(Optional<Thing> now) {
        long generation = now.map(Thing::generation).orElse(0L);
        return condition().isEmpty() || condition().get() == generation;
    }

    default Map<String, String> headers() {
        if (condition().isEmpty()) return Map.of();
        long generation = condition().get();
        return generation == 0 ? Map.of("If-None-Match", "*") : Map.of("If-Match", "\"%d\"".formatted(generation));
    }
}
