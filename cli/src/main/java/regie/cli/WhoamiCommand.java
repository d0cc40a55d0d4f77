package regie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", header = "Says who you are to the room, and what you may do.")
final class WhoamiCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    WhoamiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var room = session.room();
        var answer = Json.object().put("room", room.address().url());
        room.get("/v1/whoami").properties().forEach(field -> answer.set(field.getKey(), field.getValue()));
        TreeText.lines(answer, "").forEach(session.terminal().out()::println);
        return ExitCode.OK;
    }
}
