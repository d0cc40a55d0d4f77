package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "spof",
        header = "Lists the single points of failure, what each hits, and the smallest changes that remove it.",
        description = {
            "",
            "  regie spof               all of them",
            "  regie spof -o json       with every name, for scripts",
            "",
            "What counts as one: docs/concepts/estate-graph.md",
            ""
        })
final class SpofCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Answering answering = new Answering();

    SpofCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var ink = session.terminal().ink();
        answering.print(session, "/v1/spof", answer -> SpofPage.render(answer, ink));
        return ExitCode.OK;
    }
}
