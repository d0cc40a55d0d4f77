package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "complete-hook",
        header = "Says that what a member of a fleet waits for is done: one that starts serves, one that stops goes.",
        description = {
            "",
            "  regie fleet complete-hook web-3",
            "  regie fleet complete-hook web-3 --abandon     it could not be done: a member that starts is replaced",
            ""
        })
final class CompleteHookCommand implements Callable<Integer> {
    @Mixin
    private final Deed deed;

    @Option(names = "--abandon", description = "It could not be done. A member that stops goes all the same.")
    private boolean abandon;

    CompleteHookCommand(Session session) {
        this.deed = new Deed(session, "instance");
    }

    @Override
    public Integer call() {
        return deed.act("complete-hook", Json.object().put("outcome", abandon ? "abandon" : "continue"));
    }
}
