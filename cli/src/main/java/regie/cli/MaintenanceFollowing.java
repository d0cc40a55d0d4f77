package regie.cli;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Shows how far a maintenance is, until it has ended: on a terminal one picture that changes, elsewhere what became another. */
record MaintenanceFollowing(Session session) {
    int until(String name) {
        var room = session.room();
        var entry = session.kinds(room).named("Maintenance");
        var path = entry.path("", name);
        var position = new Listing(room, entry, Optional.empty(), Narrowing.NONE).position();
        try (var events = EventStream.open(room, "kind=Maintenance", Optional.of(position))) {
            List<String> shown = List.of();
            while (true) {
                var now = room.get(path);
                var lines = MaintenancePage.progress(now, session.terminal().ink());
                show(shown, lines);
                shown = lines;
                if (ended(now)) return ExitCode.OK;
                if (session.terminal().out().checkError()) return ExitCode.OK;
                events.awaitNews();
            }
        }
    }

    private static boolean ended(JsonNode maintenance) {
        return maintenance.path("status").hasNonNull("ended");
    }

    private void show(List<String> before, List<String> now) {
        var out = session.terminal().out();
        if (session.terminal().outIsTerminal()) {
            if (!before.isEmpty()) out.print("\033[%dA\033[J".formatted(before.size()));
            now.forEach(out::println);
        } else now.stream().filter(line -> !before.contains(line)).forEach(out::println);
        out.flush();
    }
}
