package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One word with verbs that read like it: without a verb it proposes. */
@Command(
        name = "rebalance",
        header = "Proposes moves of running machines, has them carried out, and stops them.",
        description = {
            "",
            "  regie rebalance                             moves that would even the load; changes nothing",
            "  regie rebalance --goal empty-hosts          moves after which whole servers are empty",
            "  regie rebalance --apply                     carries them out, a few at a time",
            "  regie rebalance --apply --number 3f2a       only if that is still the proposal",
            "  regie rebalance --apply --move shop/web-1=par1-h07",
            "                                              a list given by hand; --move may come more than once",
            "  regie rebalance status                      how far the newest list has come",
            "  regie rebalance stop                        lets no more of it begin",
            ""
        })
final class RebalanceCommand implements Callable<Integer> {
    private static final String PATH = "/v1/rebalance";

    @Mixin
    private final Session session;

    @Mixin
    private final Answering answering = new Answering();

    @Mixin
    private final Consent consent = new Consent();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "status|stop",
            description = "Left out: proposes, or with --apply carries out.")
    private Optional<String> verb = Optional.empty();

    @Option(names = "--goal", paramLabel = "GOAL", description = "even-load (the default) or empty-hosts.")
    private Optional<String> goal = Optional.empty();

    @Option(names = "--apply", description = "Carries out what is proposed, or the moves that are given.")
    private boolean apply;

    @Option(names = "--number", paramLabel = "NUMBER", description = "Of the proposal that it must still be.")
    private Optional<String> number = Optional.empty();

    @Option(
            names = "--move",
            paramLabel = "PROJECT/NAME=SERVER",
            description = "A move of a list given by hand, in the order of the list.")
    private List<String> moves = new ArrayList<>();

    RebalanceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        switch (verb.orElse("")) {
            case "status" -> answering.print(session, PATH, RebalanceCommand::progress);
            case "stop" -> say(session.room().post(PATH + "/stop", Json.object()));
            case "" -> proposeOrApply();
            default -> throw Failure.usage("'%s' is no verb of rebalance: status or stop.".formatted(verb.get()));
        }
        return ExitCode.OK;
    }

    private void proposeOrApply() {
        if (!moves.isEmpty() && !apply) throw Failure.usage("A list given by hand is carried out: say --apply.");
        if (!moves.isEmpty()) {
            carryOut(byHand());
            return;
        }
        var path = PATH + "/proposal?goal=" + Address.part(goal.orElse("even-load"));
        if (!apply) {
            answering.print(session, path, RebalanceCommand::proposal);
            return;
        }
        var proposed = session.room().get(path);
        proposal(proposed).forEach(session.terminal().out()::println);
        if (proposed.path("moves").isEmpty()) return;
        carryOut(Json.object()
                .put("goal", Json.text(proposed, "goal"))
                .put("number", number.orElse(Json.text(proposed, "number"))));
    }

    private tools.jackson.databind.node.ObjectNode byHand() {
        var list = Json.object();
        var all = list.putArray("moves");
        for (var move : moves) {
            int at = move.lastIndexOf('=');
            if (at < 1) throw Failure.usage("'%s' is no move: expected PROJECT/NAME=SERVER.".formatted(move));
            all.addObject().put("instance", move.substring(0, at)).put("to", move.substring(at + 1));
        }
        return list;
    }

    private void carryOut(tools.jackson.databind.node.ObjectNode wanted) {
        consent.ask(session.terminal(), "Move these machines now?", "--yes");
        say(session.room().post(PATH, wanted));
    }

    private void say(JsonNode running) {
        progress(running).forEach(session.terminal().out()::println);
    }

    private static List<String> proposal(JsonNode answer) {
        var lines = new ArrayList<String>();
        for (var move : answer.path("moves")) {
            lines.add("%s: %s -> %s"
                    .formatted(Json.text(move, "instance"), Json.text(move, "from"), Json.text(move, "to")));
        }
        if (lines.isEmpty()) lines.add("Nothing would bring %s nearer.".formatted(Json.text(answer, "goal")));
        else {
            lines.add("");
            lines.add("%s: %s now, %s after %d moves; number %s"
                    .formatted(
                            Json.text(answer, "goal"),
                            answer.path("before").asString(),
                            answer.path("after").asString(),
                            answer.path("moves").size(),
                            Json.text(answer, "number")));
        }
        return lines;
    }

    private static List<String> progress(JsonNode running) {
        var lines = new ArrayList<String>();
        if (!running.hasNonNull("begun")) return List.of("No list of moves was ever carried out.");
        for (var move : running.path("moves")) {
            var why = Json.text(move, "why");
            lines.add("%-8s %s -> %s%s"
                    .formatted(
                            Json.text(move, "state"),
                            Json.text(move, "instance"),
                            Json.text(move, "to"),
                            why.isEmpty() ? "" : " (%s)".formatted(why)));
        }
        lines.add("");
        var how = running.path("stopped").asBoolean(false) ? ", stopped" : "";
        lines.add(running.hasNonNull("ended") ? "ended" + how : "under way" + how);
        return lines;
    }
}
