package regie.delivery;

import java.util.List;
import regie.kernel.Kind;

/** The two kinds: a project's webhooks see what its members see, those of the estate see everything. */
public final class WebhookKinds {
    public static final Kind<WebhookSpec, WebhookStatus> PROJECT = kind(
            "Webhook",
            "webhooks",
            Kind.Scope.PROJECT,
            "Where changes that members of the project may see are posted to, signed.");

    public static final Kind<WebhookSpec, WebhookStatus> ESTATE = kind(
            "EstateWebhook",
            "estate-webhooks",
            Kind.Scope.ESTATE,
            "Where changes of the whole estate, all projects included, are posted to, signed.");

    public static final List<Kind<WebhookSpec, WebhookStatus>> ALL = List.of(PROJECT, ESTATE);

    private WebhookKinds() {}

    static Kind<WebhookSpec, WebhookStatus> named(String name) {
        return name.equals(ESTATE.name()) ? ESTATE : PROJECT;
    }

    private static Kind<WebhookSpec, WebhookStatus> kind(String name, String plural, Kind.Scope scope, String about) {
        return Kind.worked(name, plural, scope, WebhookSpec.class, WebhookStatus.class, WebhookStatus.FRESH, about)
                .column("state", webhook -> webhook.status().state())
                .column("backlog", webhook -> webhook.status().backlog())
                .column("dead", webhook -> webhook.status().dead())
                .column("failures", webhook -> webhook.status().failures())
                .column("last success", webhook -> webhook.status().lastSuccess())
                .column("url", webhook -> webhook.spec().url())
                .wideColumn("last error", webhook -> webhook.status().lastError());
    }
}
