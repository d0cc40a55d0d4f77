package regie.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        header = "Tokens: who may do what.",
        synopsisSubcommandLabel = "VERB",
        description = {
            "",
            "  regie token create ci --role member -p shop --out ci.token",
            "  regie token list",
            "  regie token revoke ci",
            ""
        })
final class TokenCommand implements Noun {
    private final Supplier<Session> session;

    TokenCommand(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public Map<String, Object> verbs() {
        var verbs = new LinkedHashMap<String, Object>();
        verbs.put("create", new Create(session.get()));
        verbs.put("list", new Tokens(session.get()));
        verbs.put("revoke", new Revoke(session.get()));
        return verbs;
    }

    @Command(
            name = "create",
            header = "Makes a token. Its secret is shown this once, and kept nowhere.",
            description = {
                "",
                "Roles: operator (everything), auditor (reads everything), member (of one project: -p PROJECT), reporter",
                "(posts heartbeats and metrics in one project, and reads nothing).",
                ""
            })
    static final class Create implements Callable<Integer> {
        @Mixin
        private final Session session;

        @Parameters(index = "0", paramLabel = "NAME", description = "To know it by.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "operator, auditor, member or reporter.")
        private String role = "";

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Writes the secret there (0600), not to the screen.")
        private Optional<Path> out = Optional.empty();

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var body = Json.object().put("name", name).put("role", role);
            if (role.equals("member") || role.equals("reporter")) body.put("project", session.project());
            new Secret(session.room().post("/v1/tokens", body), "secret").give(session.terminal(), out);
            return ExitCode.OK;
        }
    }

    @Command(name = "list", header = "Lists the tokens, without their secrets.")
    static final class Tokens implements Callable<Integer> {
        @Mixin
        private final Session session;

        Tokens(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var answer = session.room().get("/v1/tokens");
            var columns = new Columns().row("NAME", "ROLE", "PROJECT", "CREATED", "LAST USED", "REVOKED");
            for (var token : answer.isArray() ? answer : answer.path("items")) {
                columns.row(
                        Json.text(token, "name"),
                        Json.text(token, "role"),
                        Json.text(token, "project"),
                        Moments.second(Json.text(token, "createdAt")),
                        Moments.second(Json.text(token, "lastUsedAt")),
                        Moments.second(Json.text(token, "revokedAt")));
            }
            columns.lines().forEach(session.terminal().out()::println);
            return ExitCode.OK;
        }
    }

    @Command(name = "revoke", header = "Ends a token at once.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private final Session session;

        @Parameters(index = "0", paramLabel = "NAME", description = "Of the token.")
        private String name = "";

        Revoke(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var _ = session.room().delete("/v1/tokens/" + Address.part(name));
            session.terminal().out().println("token/%s: revoked".formatted(name));
            return ExitCode.OK;
        }
    }
}
