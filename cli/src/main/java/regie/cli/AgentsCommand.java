package regie.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "agents",
        header = "Agents: the programs on the servers that have joined this room.",
        synopsisSubcommandLabel = "VERB",
        description = {"", "  regie agents list", "  regie agents revoke 01a1f7c4-cc37-7160-96b5-f6acd4b303ac", ""})
final class AgentsCommand implements Noun {
    private final Supplier<Session> session;

    AgentsCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("list", new Joined(session.get()));
        verbs.put("revoke", new Revoke(session.get()));
        return verbs;
    }

    @Command(name = "list", header = "Lists the agents that have joined.")
    static final class Joined implements Callable<Integer> {
        @Mixin
        private final Session session;

        Joined(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var columns = new Columns().row("UID", "SERVERS", "JOINED", "CERTIFICATE UNTIL", "REVOKED");
            for (var agent : session.room().get("/v1/agents").path("items")) {
                columns.row(
                        Json.text(agent, "uid"),
                        String.join(
                                " ",
                                Json.items(agent.path("servers")).stream()
                                        .map(Json::shown)
                                        .toList()),
                        Moments.second(Json.text(agent, "joinedAt")),
                        Moments.second(Json.text(agent, "endsAt")),
                        Moments.second(Json.text(agent, "revokedAt")));
            }
            columns.lines().forEach(session.terminal().out()::println);
            return ExitCode.OK;
        }
    }

    @Command(name = "revoke", header = "Lets an agent in no more. Its guests run on.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private final Session session;

        @Parameters(index = "0", paramLabel = "UID", description = "Of the agent, as `regie agents list` shows it.")
        private String uid = "";

        Revoke(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var _ = session.room().delete("/v1/agents/" + Address.part(uid));
            session.terminal().out().println("agent/%s: revoked".formatted(uid));
            return ExitCode.OK;
        }
    }
}
