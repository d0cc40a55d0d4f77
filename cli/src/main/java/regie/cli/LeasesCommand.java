package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "leases",
        header = "Lists by what servers count their leases, and who hears them.",
        description = {
            "",
            "  regie leases               a line for each server that ever attended",
            "  regie leases -o json       all that is known, for scripts",
            "",
            "A server may run machines only as long as its lease lasts: docs/concepts/death.md",
            ""
        })
final class LeasesCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Answering answering = new Answering();

    LeasesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        answering.print(session, "/v1/leases", LeasesPage::render);
        return ExitCode.OK;
    }
}
