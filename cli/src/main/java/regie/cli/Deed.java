package regie.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** What all verbs have that are actions on one resource of a kind: {@code regie server drain par1-h07 --wait}. */
final class Deed {
    private final String kind;

    @Mixin
    private final Session session;

    @Mixin
    private final Patience patience = new Patience();

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the ${PARENT-COMMAND-NAME}.")
    private String name = "";

    Deed(Session session, String kind) {
        this.session = session;
        this.kind = kind;
    }

    String name() {
        return name;
    }

    int act(String action) {
        return act(action, Json.object());
    }

    int act(String action, ObjectNode input) {
        new Acting(session).act(kind, name, action, input, patience);
        return ExitCode.OK;
    }
}
