package regie.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The webhook that a verb is about: one of the project, or of the estate. */
final class WhichWebhook {
    @Parameters(index = "0", paramLabel = "NAME", description = "Of the webhook.")
    private String name = "";

    @Option(names = "--estate", description = "It is one of the estate (EstateWebhook), not of a project.")
    private boolean estate;

    String name() {
        return name;
    }

    String path(Session session) {
        return estate
                ? "/v1/estate-webhooks/" + Address.part(name)
                : "/v1/projects/%s/webhooks/%s".formatted(Address.part(session.project()), Address.part(name));
    }

    /** As the room writes it. */
    String key(Session session) {
        return estate ? "estatewebhook/" + name : "%s/webhook/%s".formatted(session.project(), name);
    }
}
