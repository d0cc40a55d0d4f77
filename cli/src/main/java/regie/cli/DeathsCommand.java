package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "deaths",
        header = "Lists servers that are dead or may be, and what proves it.",
        description = {
            "",
            "  regie deaths               what is suspected now, then what came of it before",
            "  regie deaths -o json       all that is known, for scripts",
            "",
            "What counts as proof: docs/concepts/death.md",
            ""
        })
final class DeathsCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Answering answering = new Answering();

    @Option(names = "--most", paramLabel = "COUNT", description = "No more than that; 100 where left out.")
    private int most = 100;

    DeathsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        answering.print(session, "/v1/deaths?most=" + most, DeathsPage::render);
        return ExitCode.OK;
    }
}
