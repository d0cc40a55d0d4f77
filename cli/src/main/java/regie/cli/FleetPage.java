package regie.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A fleet as a page to read: how many run, a bar for what is under way, and why something waits. */
final class FleetPage {
    private static final int BAR = 40;

    private final JsonNode fleet;
    private final JsonNode status;
    private final List<String> lines = new ArrayList<>();

    private FleetPage(JsonNode fleet) {
        this.fleet = fleet;
        this.status = fleet.path("status");
    }

    static List<String> of(JsonNode fleet) {
        var page = new FleetPage(fleet);
        page.members();
        page.rollout();
        page.restart();
        page.burst();
        page.holds();
        return page.lines;
    }

    private void members() {
        int wanted = status.path("wanted").asInt(fleet.at("/spec/count").asInt());
        int running = status.path("running").asInt();
        int total = status.path("total").asInt(status.path("members").asInt());
        lines.add("%s  %s %d of %d run%s"
                .formatted(
                        Json.text(fleet, "name"),
                        Bar.of(running, wanted, BAR),
                        running,
                        wanted,
                        total > running ? "; %d in every state".formatted(total) : ""));
        var template = status.at("/revision/template");
        if (template.isObject())
            lines.add("  made from   image %s, flavor %s"
                    .formatted(Json.text(template, "image"), Json.text(template, "flavor")));
    }

    private void rollout() {
        var rollout = status.at("/revision/rollout");
        if (!rollout.isObject()) return;
        int members = rollout.path("members").asInt();
        int renewed = rollout.path("renewed").asInt();
        lines.add("  %s  %s wave %d of %d, %d of %d have the new template"
                .formatted(
                        rollout.path("back").asBoolean(false) ? "rolls back" : "rolls out ",
                        Bar.of(renewed, members, BAR),
                        rollout.path("wave").asInt(),
                        rollout.path("waves").asInt(),
                        renewed,
                        members));
    }

    private void restart() {
        var restart = status.path("restart");
        if (!restart.isObject()) return;
        int members = restart.path("members").asInt();
        int done = restart.path("done").asInt();
        lines.add("  restart     %s wave %d of %d, %d of %d are back: %s"
                .formatted(
                        Bar.of(done, members, BAR),
                        restart.path("wave").asInt(),
                        restart.path("waves").asInt(),
                        done,
                        members,
                        Json.text(restart, "state")));
    }

    private void burst() {
        var burst = status.path("burst");
        if (!burst.isObject()) return;
        int running = 0;
        for (var machine : burst.path("machines")) if (machine.path("running").asBoolean(false)) running++;
        lines.add("  in a cloud  %d machines, %d run, %s euros an hour"
                .formatted(burst.path("machines").size(), running, Json.text(burst, "eurosPerHour")));
        for (var machine : burst.path("machines"))
            lines.add("    %s  %s  %s  %s"
                    .formatted(
                            Json.text(machine, "cloud"),
                            Json.text(machine, "machine"),
                            Json.text(machine, "state"),
                            Json.text(machine, "address")));
    }

    private void holds() {
        for (var hold : status.path("holds"))
            lines.add("  ! %s: %s".formatted(Json.text(hold, "code"), Json.text(hold, "detail")));
    }
}
