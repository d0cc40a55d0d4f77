package regie.delivery;

import java.util.Optional;
import regie.identity.Access;
import regie.identity.Caller;
import regie.identity.Role;
import regie.kernel.ChangeLog;
import regie.kernel.Declared;
import regie.kernel.Kinds;
import tools.jackson.databind.JsonNode;

/**
 * Which changes a webhook is told of: what it asks for, of what its project may see. A project's webhook sees what a member of the
 * project sees, one of the estate what an auditor does.
 */
record Subscription(WebhookSpec spec, Caller reader) {

    static Subscription of(Declared<WebhookSpec, WebhookStatus> webhook) {
        boolean ofEstate = webhook.project().isEmpty();
        var reader = new Caller(
                webhook.uid(),
                webhook.key().toString(),
                ofEstate ? Role.AUDITOR : Role.MEMBER,
                Optional.of(webhook.project()).filter(project -> !project.isEmpty()),
                "");
        return new Subscription(webhook.spec(), reader);
    }

    /** @param resource that of {@code change} */
    boolean covers(Kinds kinds, Access access, ChangeLog.Change change, JsonNode resource) {
        var kind = change.key().kind();
        var what = ChangeSort.of(change.what());
        return (spec.kinds().isEmpty() || spec.kinds().contains(kind))
                && (spec.events().isEmpty() || spec.events().contains(what))
                && !isOfItself(kind, what)
                && kinds.named(kind).isPresent()
                && access.allows(reader, Access.Verb.READ, change.key())
                && carriesLabels(resource.path("labels"));
    }

    /** Each delivery changes the status of a webhook: to tell that too would never come to an end. */
    private static boolean isOfItself(String kind, ChangeSort what) {
        return what == ChangeSort.REPORTED
                && WebhookKinds.ALL.stream().anyMatch(each -> each.name().equals(kind));
    }

    private boolean carriesLabels(JsonNode carried) {
        return spec.labels().entrySet().stream()
                .allMatch(label -> carried.path(label.getKey()).asString("").equals(label.getValue())
                        && carried.has(label.getKey()));
    }
}
