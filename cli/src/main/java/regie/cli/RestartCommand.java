package regie.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Restarts several fleets, one after the other: all of it is asked for in one transaction, and the room carries it out. */
@Command(
        name = "restart",
        header = "Restarts all members of several fleets, one fleet after the other, in waves.",
        description = {
            "",
            "  regie restart --fleets db,app,web --wave 10%%    in this order",
            "  regie restart --label tier=front                those with a label, by their restartOrder, then by name",
            "  regie fleet status web                          how far one has come",
            "  regie fleet pause web                           stands still; `resume` goes on",
            "  regie fleet cancel-restart web                  ends it there, and those behind it never begin",
            "",
            "The room goes on by itself, whatever becomes of this command, and after its own restart too."
        })
final class RestartCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    @Mixin
    private final Consent consent = new Consent();

    @Option(
            names = "--fleets",
            split = ",",
            paramLabel = "NAME",
            description = "The fleets, in the order in which they are restarted.")
    private List<String> fleets = new ArrayList<>();

    @Option(
            names = {"-l", "--label", "--selector"},
            paramLabel = "LABEL=VALUE",
            description =
                    "All fleets with this label, by their restartOrder. May be given more than once: all must fit.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--wave",
            paramLabel = "SHARE",
            description = "So many of a fleet may be down at a time: 10%% (the default), or 3.")
    private String wave = "10%";

    RestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (fleets.isEmpty() == labels.isEmpty())
            throw Failure.usage("Say which fleets: --fleets db,app,web or --label tier=front.");
        var room = session.room();
        var names = labels.isEmpty() ? fleets : selected(room);
        if (names.isEmpty()) throw Failure.usage("No fleet has the labels %s.".formatted(labels));
        consent.ask(session.terminal(), "Restart all members of %s?".formatted(String.join(", then ", names)), "--yes");
        var run = "r%d".formatted(session.now().toEpochMilli());
        var body = Json.object().put("atomic", true);
        var operations = body.putArray("operations");
        var before = Optional.<String>empty();
        for (var name : names) {
            var operation = operations
                    .addObject()
                    .put("op", "act")
                    .put("kind", "Fleet")
                    .put("project", session.project())
                    .put("name", name)
                    .put("action", "restart");
            var input = operation.putObject("content").put("wave", wave).put("run", run);
            before.ifPresent(other -> input.put("after", other));
            before = Optional.of(name);
        }
        report(room.post("/v1/batch", body), names);
        return ExitCode.OK;
    }

    private List<String> selected(Room room) {
        var entry = session.kinds(room).named("fleet");
        var found = new ArrayList<JsonNode>();
        var those = new Narrowing(labels, List.of(), Optional.empty());
        new Listing(room, entry, Optional.of(session.project()), those).items(found::add);
        return found.stream()
                .sorted(Comparator.comparingInt((JsonNode fleet) ->
                                fleet.at("/spec/restartOrder").asInt())
                        .thenComparing(fleet -> Json.text(fleet, "name")))
                .map(fleet -> Json.text(fleet, "name"))
                .toList();
    }

    /** All or nothing: the first that was refused says why. */
    private void report(JsonNode answer, List<String> names) {
        int at = 0;
        for (var outcome : answer.path("outcomes")) {
            if (Json.text(outcome, "outcome").equals("refused"))
                throw Failure.usage("Nothing is restarted: fleet %s: %s"
                        .formatted(names.get(at), Json.text(outcome.path("problem"), "detail")));
            at++;
        }
        for (var name : names)
            session.terminal().out().println("fleet/%s: restart; regie fleet status %s".formatted(name, name));
    }
}
