package regie.rest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import regie.identity.Batches;
import regie.identity.Condition;
import regie.identity.Operation;
import regie.identity.Operation.Outcome;
import regie.identity.Operation.What;
import regie.kernel.Json;
import regie.kernel.Kinds;
import regie.kernel.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Many changes in one request. */
final class BatchRoutes {
    private static final List<String> FIELDS =
            List.of("op", "kind", "project", "name", "content", "action", "generation");

    private final Kinds kinds;
    private final Batches batches;

    BatchRoutes(RestRooms rooms) {
        this.kinds = rooms.kinds();
        this.batches = rooms.batches();
    }

    List<Route> routes() {
        return List.of(Route.of(
                        "POST",
                        "/v1/batch",
                        "Up to %d changes in one transaction: each with an outcome of its own, or all or nothing."
                                .formatted(Batches.OPERATIONS_MAX),
                        Shape.BATCH_OUTCOMES,
                        this::run)
                .taking(Shape.BATCH));
    }

    private void run(Request request) throws IOException {
        var batch = object(request.text(List.of(MediaType.JSON)));
        for (var field : batch.propertyNames())
            if (!List.of("atomic", "operations").contains(field))
                throw bad(field, "unknown; expected atomic or operations");
        var atomic = batch.path("atomic");
        if (!atomic.isMissingNode() && !atomic.isBoolean()) throw bad("atomic", atomic + "; expected true or false");
        var given = batch.path("operations");
        if (!given.isArray() || given.size() > Batches.OPERATIONS_MAX)
            throw bad(
                    "operations", "%d; expected a list of at most %d".formatted(given.size(), Batches.OPERATIONS_MAX));
        var operations = IntStream.range(0, given.size())
                .mapToObj(at -> operation("operations." + at, given.path(at)))
                .toList();
        var outcomes = batches.run(request.caller(), operations, atomic.asBoolean(false));
        var answer = Json.MAPPER.createObjectNode();
        var list = answer.putArray("outcomes");
        for (var outcome : outcomes) list.add(said(outcome));
        request.json(200, answer);
    }

    private Operation operation(String at, JsonNode given) {
        if (!(given instanceof ObjectNode object)) throw bad(at, "not a mapping; expected one of " + FIELDS);
        for (var field : object.propertyNames())
            if (!FIELDS.contains(field)) throw bad(at + "." + field, "unknown; expected one of " + FIELDS);
        var verb = Arrays.stream(Operation.Verb.values())
                .filter(each -> Json.name(each).equals(object.path("op").asString("")))
                .findFirst()
                .orElseThrow(() -> bad(at + ".op", object.path("op") + "; expected one of " + verbs()));
        var kind = kinds.named(text(at, object, "kind", Optional.empty()))
                .orElseThrow(() -> bad(at + ".kind", object.path("kind") + "; GET /v1/kinds lists the kinds"));
        var key = kind.key(
                text(at, object, "project", Optional.of("default")), text(at, object, "name", Optional.empty()));
        var content = object.has("content") ? object.path("content") : Json.MAPPER.createObjectNode();
        return new Operation(verb, key, content, text(at, object, "action", Optional.of("")), condition(at, object));
    }

    private static Condition condition(String at, ObjectNode object) {
        var generation = object.path("generation");
        if (generation.isMissingNode()) return Condition.NONE;
        if (!generation.isIntegralNumber() || !generation.canConvertToLong() || generation.asLong() < 0)
            throw bad(at + ".generation", generation + "; expected a generation, or 0 for what must not be there");
        return generation.asLong() == 0 ? Condition.ABSENT : Condition.at(generation.asLong());
    }

    /** Without control characters, which no name holds and the database could not. */
    private static String text(String at, ObjectNode object, String field, Optional<String> otherwise) {
        var value = object.path(field);
        if (value.isMissingNode() && otherwise.isPresent()) return otherwise.get();
        if (!value.isString() || value.stringValue().chars().anyMatch(Character::isISOControl))
            throw bad(at + "." + field, value + "; expected text");
        return value.stringValue();
    }

    private static ObjectNode object(String text) {
        try {
            if (Json.MAPPER.readTree(text) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            throw new RestRefusal.BodyUnreadable("it is no JSON: " + e.getOriginalMessage()).asException();
        }
        throw new RestRefusal.BodyUnreadable("it is no mapping; expected atomic and operations").asException();
    }

    private static ObjectNode said(Outcome outcome) {
        var said = Json.MAPPER.createObjectNode();
        switch (outcome) {
            case Outcome.Done(What what, long generation) -> {
                said.put("status", what == What.CREATED ? 201 : 200);
                said.put("outcome", Json.name(what));
                if (what != What.DELETED) said.put("generation", generation);
            }
            case Outcome.Refused(regie.kernel.Refusal refusal) -> {
                var problem = Problem.of(refusal);
                said.put("status", problem.status());
                said.put("outcome", "refused");
                said.set("problem", problem.tree());
            }
        }
        return said;
    }

    private static String verbs() {
        return Arrays.stream(Operation.Verb.values()).map(Json::name).collect(Collectors.joining(", "));
    }

    private static Refused bad(String field, String why) {
        return new RestRefusal.BodyUnreadable("%s is %s".formatted(field, why)).asException();
    }
}
