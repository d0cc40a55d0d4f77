package regie.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "power",
        header = "Asks a server's controller for its power, or switches it.",
        description = {
            "",
            "  regie server power par1-h07 status   what its controller says",
            "  regie server power par1-h07 off      at once, whatever runs; also: on, cycle",
            ""
        })
final class PowerCommand implements Callable<Integer> {
    private static final List<String> DEEDS = List.of("off", "on", "cycle");

    @Mixin
    private final Session session;

    @Mixin
    private final Consent consent = new Consent();

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the server.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "status|off|on|cycle", description = "What to do.")
    private String deed = "";

    PowerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!deed.equals("status") && !DEEDS.contains(deed))
            throw Failure.usage(
                    "\"%s\" is nothing to do with power; expected status, off, on or cycle".formatted(Ink.plain(deed)));
        var path = "/v1/servers/" + Address.part(name) + "/power";
        if (deed.equals("off") || deed.equals("cycle")) {
            consent.ask(
                    session.terminal(),
                    "The power of %s is cut at once, whatever runs there. Shall it?".formatted(name),
                    "--yes, by which the power is cut whatever runs there");
        }
        var room = session.room();
        var answer = deed.equals("status")
                ? room.get(path)
                : room.post(path, Json.object().put("power", deed));
        session.terminal().out().println("%s: %s".formatted(name, Json.text(answer, "power")));
        return ExitCode.OK;
    }
}
