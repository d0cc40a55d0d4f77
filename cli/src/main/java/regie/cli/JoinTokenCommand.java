package regie.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "join-token",
        header = "Join tokens: with one, the agent of a server signs in for the first time.",
        synopsisSubcommandLabel = "VERB",
        description = {"", "  regie join-token create --servers 'par1-h[01-60]' --out join.token", ""})
final class JoinTokenCommand implements Noun {
    private final Supplier<Session> session;

    JoinTokenCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        return Map.of("create", new Create(session.get()));
    }

    @Command(name = "create", header = "Makes a join token, which can be used once.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private final Session session;

        @Option(
                names = "--servers",
                required = true,
                paramLabel = "RANGE",
                description = "A declared server, or a range of simulated ones such as par1-h[01-60].")
        private String servers = "";

        @Option(
                names = "--minutes",
                paramLabel = "COUNT",
                description = "How long it can be used; default 60, at most a week.")
        private int minutes = 60;

        @Option(names = "--out", paramLabel = "FILE", description = "Writes the token there (0600), not to the screen.")
        private Optional<Path> out = Optional.empty();

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var answer = session.room()
                    .post(
                            "/v1/join-tokens",
                            Json.object().put("servers", servers).put("minutes", minutes));
            new Secret(answer, "token").give(session.terminal(), out);
            return ExitCode.OK;
        }
    }
}
