package regie.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        header = "Tells what happens, as it happens, until Ctrl-C.",
        description = {
            "",
            "A line per change: its position, what happened (created, changed, reported, deleting, deleted), and to what.",
            "",
            "  regie watch                        everything",
            "  regie watch instances              one kind, in your project",
            "  regie watch instance web-1 -o json whole resources, one per line",
            "  regie watch --from 815-4711        on from where an earlier one ended",
            ""
        })
final class WatchCommand implements Callable<Integer> {
    private static final Duration LONG = Duration.ofDays(1);

    @Mixin
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "Only this kind.")
    private Optional<String> kind = Optional.empty();

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this resource.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-A", "--all-projects"},
            description = "Of all projects, where a kind is given.")
    private boolean everywhere;

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            description = "Begins behind this position. Else: with what happens from now on.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (the default) or json.")
    private ChangesOutput output = ChangesOutput.TEXT;

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var out = session.terminal().out();
        try (var events = EventStream.open(room, query(room), from)) {
            while (!out.checkError()) events.next(LONG).ifPresent(event -> out.println(line(event)));
        }
        return ExitCode.OK;
    }

    private String query(Room room) {
        var parts = new ArrayList<String>();
        if (kind.isPresent()) {
            var entry = session.kinds(room).named(kind.get());
            parts.add("kind=" + Address.part(entry.name()));
            if (!entry.estate() && !everywhere) parts.add("project=" + Address.part(session.project()));
        } else {
            session.projectSaid().ifPresent(project -> parts.add("project=" + Address.part(project)));
        }
        name.ifPresent(value -> parts.add("name=" + Address.part(value)));
        return String.join("&", parts);
    }

    private String line(EventStream.Event event) {
        if (output == ChangesOutput.JSON) {
            var line = Json.object().put("position", event.position()).put("event", event.what());
            line.set("resource", event.resource());
            return Json.line(line);
        }
        var waits =
                Settled.awaits(event.resource()).map(what -> "  (" + what + ")").orElse("");
        return "%-14s %-8s %s%s"
                .formatted(event.position(), event.what(), ResourceKey.of(event.resource()), Ink.plain(waits))
                .stripTrailing();
    }
}
