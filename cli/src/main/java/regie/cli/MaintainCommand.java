package regie.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** The plan comes first; it is begun once somebody has agreed to it. */
@Command(
        name = "maintain",
        header =
                "Empties servers, has them worked on, and gives them back, few at a time; no machine goes down for it.",
        description = {
            "",
            "  regie maintain server fra1-h07                 one server: empties it, then waits for your work",
            "  regie maintenance done NAME                    the work is done: looks at it, gives it machines again",
            "  regie maintain site fra1 --at-once 2 --dry-run in which order, where machines go, which can't and why",
            "  regie maintain site fra1 --at-once 2 --follow  a whole site, two servers at a time, with its progress",
            "  regie maintain rack fra1-r3 --work nothing     shows that each server of a rack can be emptied",
            "  regie maintain feed fra1-a                     what hangs on a feed alone is emptied, all at once;",
            "                                                 servers with another feed stay as they are",
            "  regie maintain labels firmware=old             servers with a label",
            "",
            "A server is taken out only where all that runs on it can move, and where without it every promise that",
            "holds now still does: what machines survive, required rules, what sites keep in reserve. Servers that",
            "can't go together go one after the other; if one can't go at all, this says why and begins nothing,",
            "unless --partly. The room carries it out by itself, also when it is restarted meanwhile.",
            ""
        })
final class MaintainCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Consent consent = new Consent();

    @Parameters(index = "0", paramLabel = "server|rack|feed|site|labels", description = "What is to be maintained.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Its name; for labels KEY=VALUE, with commas between.")
    private String name = "";

    @Option(
            names = "--work",
            paramLabel = "WORK",
            description = {
                "What is done with an empty server: wait (the default) for `regie maintenance done`, reboot, or nothing."
            })
    private String work = "wait";

    @Option(
            names = "--at-once",
            paramLabel = "COUNT",
            description = "Servers that may be out at once, as far as no promise breaks; 1 where left out.")
    private int atOnce = 1;

    @Option(
            names = "--verify",
            paramLabel = "SECONDS",
            description = "In which a server has to be heard and well after the work; 900 where left out.")
    private int verify = 900;

    @Option(
            names = "--stop-what-cannot-move",
            description = "Shuts off machines that can't be moved, and switches them on afterwards.")
    private boolean stopWhatCannotMove;

    @Option(names = "--from", paramLabel = "TIME", description = "Takes out no server before (RFC 3339).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Takes out no server after; goes with --from.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--partly",
            description = "Begins also where some servers can't be taken out now; they wait until they can.")
    private boolean partly;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the maintenance; made up where left out.")
    private Optional<String> called = Optional.empty();

    @Option(names = "--dry-run", description = "Only says what would come of it.")
    private boolean dryRun;

    @Option(
            names = {"-f", "--follow"},
            description = "Shows how far it is until it has ended; Ctrl-C ends only the showing.")
    private boolean follow;

    MaintainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var intent = intent();
        var forecast = session.room().post("/v1/maintain/forecast", intent);
        var out = session.terminal().out();
        MaintenancePage.forecast(forecast, session.terminal().ink()).forEach(out::println);
        if (dryRun) return ExitCode.OK;
        if (forecast.path("refused").asInt(0) == 0 || partly)
            consent.ask(session.terminal(), "Begin this maintenance?", "--yes");
        var begun = Json.text(session.room().post("/v1/maintain", intent), "begun");
        out.println();
        out.println("Maintenance/%s is begun. How far it is: regie maintenance show %s".formatted(begun, begun));
        out.flush();
        return follow ? new MaintenanceFollowing(session).until(begun) : ExitCode.OK;
    }

    private ObjectNode intent() {
        if (from.isPresent() != until.isPresent()) throw Failure.usage("--from and --until go together.");
        var intent = Json.object().put("partly", partly);
        called.ifPresent(it -> intent.put("name", it));
        var spec = intent.putObject("spec");
        scope(spec.putObject("scope"));
        spec.put("work", work)
                .put("atOnce", atOnce)
                .put("verifySeconds", verify)
                .put("stopWhatCannotMove", stopWhatCannotMove);
        from.ifPresent(it -> spec.putObject("window").put("from", it).put("until", until.orElse("")));
        return intent;
    }

    private void scope(ObjectNode scope) {
        switch (kind) {
            case "server", "rack", "feed", "site" -> scope.put(kind, name);
            case "labels" -> {
                var labels = scope.putObject("labels");
                for (var pair : name.split(",", -1)) {
                    int at = pair.indexOf('=');
                    if (at < 1) throw Failure.usage("'%s' is no label: expected KEY=VALUE.".formatted(pair));
                    labels.put(pair.substring(0, at), pair.substring(at + 1));
                }
            }
            default ->
                throw Failure.usage("'%s' can't be maintained: server, rack, feed, site or labels.".formatted(kind));
        }
    }
}
