package regie.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import regie.compute.CapacityAnswer;
import regie.compute.Compute;
import regie.compute.RebalanceAnswer;
import regie.compute.SinglePointsAnswer;
import regie.compute.WhatIfAnswer;
import regie.continuity.Maintaining;
import regie.continuity.MaintenanceForecast;
import regie.continuity.ServerPower;
import regie.identity.TokenWanted;
import regie.kernel.Action;
import regie.kernel.Check;
import regie.kernel.Json;
import regie.kernel.Kind;
import regie.kernel.SpecSchema;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of {@link OpenApi}: those of the kinds out of their records, the common ones from a file beside this class. */
final class OpenApiSchemas {
    private static final String COMMON = "openapi-schemas.json";

    private final ObjectNode all;

    OpenApiSchemas() {
        try (var file = OpenApiSchemas.class.getResourceAsStream(COMMON)) {
            all = Json.tree(new String(Check.present(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectNode all() {
        return all;
    }

    /** @param kind there, where the route spans kinds */
    ObjectNode of(Shape shape, Optional<Kind<?, ?>> kind) {
        return switch (shape) {
            case RESOURCE -> resource(kind.orElseThrow());
            case RESOURCE_CONTENT -> content(kind.orElseThrow());
            case RESOURCE_PATCH -> patch(kind.orElseThrow());
            case RESOURCE_LIST -> list(kind.orElseThrow());
            case ACTION_INPUT, OPENAPI -> Json.MAPPER.createObjectNode().put("type", "object");
            case NOTHING, TEXT, EVENTS -> Json.MAPPER.createObjectNode().put("type", "string");
            case BYTES -> Json.MAPPER.createObjectNode();
            case IMAGE -> resource(Compute.IMAGE);
            case MANIFESTS -> made("Manifests", SpecSchema.of(ManifestRoutes.Files.class));
            case KEYS -> made("Keys", SpecSchema.of(ManifestRoutes.Keys.class));
            case TOKEN_WANTED -> made("TokenWanted", SpecSchema.of(TokenWanted.class));
            case JOIN_TOKEN_WANTED -> made("JoinTokenWanted", SpecSchema.of(AgentRoutes.Wanted.class));
            case JOIN_TOKEN_MADE -> made("JoinTokenMade", SpecSchema.of(AgentRoutes.Made.class));
            case AGENT_LIST -> made("AgentList", SpecSchema.of(AgentRoutes.AgentList.class));
            case WHAT_IF -> made("WhatIf", SpecSchema.of(WhatIfAnswer.class));
            case SINGLE_POINTS -> made("SinglePoints", SpecSchema.of(SinglePointsAnswer.class));
            case CAPACITY -> made("Capacity", SpecSchema.of(CapacityAnswer.class));
            case METRIC_SAMPLE -> made("MetricSample", SpecSchema.of(regie.compute.Metrics.Sample.class));
            case REBALANCE_PROPOSAL -> made("RebalanceProposal", SpecSchema.of(RebalanceAnswer.Proposal.class));
            case REBALANCE_WANTED -> made("RebalanceWanted", SpecSchema.of(RebalanceAnswer.Wanted.class));
            case REBALANCE -> made("Rebalance", SpecSchema.of(RebalanceAnswer.Running.class));
            case DEATHS -> made("Deaths", SpecSchema.of(regie.continuity.DeathsAnswer.class));
            case LEASES -> made("Leases", SpecSchema.of(regie.continuity.LeasesAnswer.class));
            case SERVER_POWER -> made("ServerPower", SpecSchema.of(ServerPower.Answer.class));
            case SERVER_POWER_WANTED -> made("ServerPowerWanted", SpecSchema.of(ServerPower.Wanted.class));
            case MAINTENANCE_WANTED -> made("MaintenanceWanted", SpecSchema.of(Maintaining.Intent.class));
            case MAINTENANCE_FORECAST -> made("MaintenanceForecast", SpecSchema.of(MaintenanceForecast.class));
            case SECRET_WANTED -> made("WebhookSecretWanted", SpecSchema.of(WebhookRoutes.SecretWanted.class));
            case SECRET_MADE -> made("WebhookSecretMade", SpecSchema.of(WebhookRoutes.SecretMade.class));
            case REPLAY_WANTED -> made("ReplayWanted", SpecSchema.of(WebhookRoutes.ReplayWanted.class));
            case REDELIVERY_WANTED -> made("RedeliveryWanted", SpecSchema.of(WebhookRoutes.RedeliveryWanted.class));
            case REDELIVERY -> made("Redelivery", SpecSchema.of(WebhookRoutes.Redelivery.class));
            case DELIVERY_PAGE -> made("DeliveryPage", SpecSchema.of(WebhookRoutes.DeliveryPage.class));
            case CHANGES -> reference("Changes");
            case BATCH -> reference("Batch");
            case BATCH_OUTCOMES -> reference("BatchOutcomes");
            case EXPLANATION -> reference("Explanation");
            case KIND_LIST -> reference("KindList");
            case TOKEN_MADE -> reference("TokenMade");
            case TOKEN_LIST -> reference("TokenList");
            case AUDIT_PAGE -> reference("AuditPage");
            case AUDIT_VERDICT -> reference("AuditVerdict");
            case CALLER -> reference("Caller");
            case VERSION -> reference("Version");
            case GRAPHQL_REQUEST -> reference("GraphQlRequest");
            case GRAPHQL_ANSWER -> reference("GraphQlAnswer");
        };
    }

    ObjectNode input(Action<?, ?, ?> action) {
        var name = action.kind().name() + capital(action.name()) + "Input";
        return made(name, SpecSchema.of(action.input()));
    }

    ObjectNode reference(String name) {
        return Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode resource(Kind<?, ?> kind) {
        var schema = ((ObjectNode) Check.present(all.get("Resource"))).deepCopy();
        schema.put("description", kind.about());
        var properties = schema.withObjectProperty("properties");
        properties.putObject("kind").put("const", kind.name());
        properties.set("spec", made(kind.name() + "Spec", SpecSchema.of(kind.spec())));
        properties.set("status", made(kind.name() + "Status", SpecSchema.of(kind.status())));
        return made(kind.name(), schema);
    }

    private ObjectNode content(Kind<?, ?> kind) {
        var schema = Json.MAPPER.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        properties.set("labels", reference("Labels"));
        properties.set("spec", made(kind.name() + "Spec", SpecSchema.of(kind.spec())));
        return made(kind.name() + "Content", schema.put("additionalProperties", false));
    }

    /** Any part of it; null takes away what is there. */
    private ObjectNode patch(Kind<?, ?> kind) {
        var schema = Json.MAPPER.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        properties
                .putObject("labels")
                .put("type", "object")
                .putObject("additionalProperties")
                .putArray("type")
                .add("string")
                .add("null");
        properties.set("spec", PatchSchema.of(SpecSchema.of(kind.spec())));
        return made(kind.name() + "Patch", schema.put("additionalProperties", false));
    }

    private ObjectNode list(Kind<?, ?> kind) {
        var schema = ((ObjectNode) Check.present(all.get("ResourceList"))).deepCopy();
        schema.withObjectProperty("properties").withObjectProperty("items").set("items", resource(kind));
        return made(kind.name() + "List", schema);
    }

    private ObjectNode made(String name, ObjectNode schema) {
        if (!all.has(name)) all.set(name, schema);
        return reference(name);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
