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
            "  regie rebalance --goal make-room --flavor large --count 4",
            "                                              moves after which 4 more of a flavor fit",
            "  regie rebalance --goal evacuate --server par1-h07",
            "                                              moves after which a server is empty; so --rack, --feed, --from",
            "  regie rebalance --improve 10                looks 10 seconds longer for better moves",
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

    @Option(
            names = "--goal",
            paramLabel = "GOAL",
            description = "even-load (the default), empty-hosts, make-room or evacuate.")
    private Optional<String> goal = Optional.empty();

    @Option(names = "--flavor", paramLabel = "FLAVOR", description = "For make-room: of which more are to fit.")
    private Optional<String> flavor = Optional.empty();

    @Option(names = "--count", paramLabel = "COUNT", description = "For make-room: so many more are enough.")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--server", paramLabel = "NAME", description = "For evacuate: a server; may come more than once.")
    private List<String> servers = new ArrayList<>();

    @Option(names = "--rack", paramLabel = "NAME", description = "For evacuate: all servers of a rack.")
    private List<String> racks = new ArrayList<>();

    @Option(names = "--feed", paramLabel = "NAME", description = "For evacuate: all servers that hang on a feed alone.")
    private List<String> feeds = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "KIND/NAME",
            description = "For evacuate: all servers that would fall with any part of the estate.")
    private List<String> from = new ArrayList<>();

    @Option(names = "--most", paramLabel = "COUNT", description = "No more moves than that; 100 where left out.")
    private Optional<Integer> most = Optional.empty();

    @Option(
            names = "--improve",
            paramLabel = "SECONDS",
            description = "A solver looks so long for better moves than were found at once, at most 20.")
    private Optional<Integer> improve = Optional.empty();

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
        var path = PATH + "/proposal?" + query();
        if (!apply) {
            answering.print(session, path, RebalanceCommand::proposal);
            return;
        }
        var proposed = session.room().get(path);
        proposal(proposed).forEach(session.terminal().out()::println);
        if (proposed.path("moves").isEmpty()) return;
        var wanted = number.orElse(Json.text(proposed, "number"));
        if (!wanted.equals(Json.text(proposed, "number")))
            throw Failure.usage(
                    "The proposal is number %s now, and not %s.".formatted(Json.text(proposed, "number"), wanted));
        carryOut(improve.isPresent() ? asProposed(proposed) : again(wanted));
    }

    private String query() {
        var query = new StringBuilder("goal=").append(Address.part(goal.orElse("even-load")));
        flavor.ifPresent(name -> query.append("&flavor=").append(Address.part(name)));
        count.ifPresent(some -> query.append("&count=").append(some));
        emptied().forEach(each -> query.append("&from=").append(Address.part(each)));
        most.ifPresent(some -> query.append("&most=").append(some));
        improve.ifPresent(seconds -> query.append("&improve=").append(seconds));
        return query.toString();
    }

    private List<String> emptied() {
        var all = new ArrayList<>(from);
        servers.forEach(name -> all.add("server/" + name));
        racks.forEach(name -> all.add("rack/" + name));
        feeds.forEach(name -> all.add("feed/" + name));
        return all;
    }

    private tools.jackson.databind.node.ObjectNode aim() {
        var aim = Json.object().put("goal", goal.orElse("even-load"));
        flavor.ifPresent(name -> aim.put("flavor", name));
        count.ifPresent(some -> aim.put("count", some));
        var all = aim.putArray("from");
        emptied().forEach(all::add);
        most.ifPresent(some -> aim.put("most", some));
        return aim;
    }

    /** What the goal comes to, if that is still the same. */
    private tools.jackson.databind.node.ObjectNode again(String known) {
        return aim().put("number", known);
    }

    /** The solver would find others the next time: these moves, then, each of which is looked at again when its turn comes. */
    private tools.jackson.databind.node.ObjectNode asProposed(JsonNode proposed) {
        var list = aim();
        var all = list.putArray("moves");
        for (var move : proposed.path("moves")) {
            all.addObject()
                    .put("instance", Json.text(move, "instance"))
                    .put("to", Json.text(move, "to"))
                    .set("nodes", move.path("nodes"));
        }
        return list;
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
        var goal = Json.text(answer, "goal");
        var before = measure(goal, answer.path("before").asDouble());
        if (lines.isEmpty()) lines.add("No moves would bring %s nearer: %s.".formatted(goal, before));
        else {
            lines.add("");
            lines.add("%s: %s now, %s after %d moves%s; number %s"
                    .formatted(
                            goal,
                            before,
                            measure(goal, answer.path("after").asDouble()),
                            answer.path("moves").size(),
                            answer.path("improved").asBoolean(false) ? ", which the solver found" : "",
                            Json.text(answer, "number")));
        }
        if (answer.hasNonNull("notImproved"))
            lines.add("Nobody looked for better moves: %s.".formatted(Json.text(answer, "notImproved")));
        return lines;
    }

    /** The measure of a goal in words. */
    private static String measure(String goal, double value) {
        var words = goal.split(" ", -1);
        return switch (words[0]) {
            case "make-room" -> "%d of %s fit".formatted(Math.round(value), words.length > 1 ? words[1] : "it");
            case "evacuate" -> "%d machines there".formatted(Math.round(value));
            case "empty-hosts" -> "%d servers empty".formatted(Math.round(value));
            default -> "%.3f".formatted(value);
        };
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
