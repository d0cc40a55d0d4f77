package regie.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "login",
        header = "Remembers a room and your token for it, after trying it.",
        description = {
            "",
            "The token comes from --token-file, or is typed or piped in; it is never an argument, for those everybody sees.",
            "It is kept in ~/.config/regie/config (0600), and sent to this room alone. Logging in to a second room keeps the",
            "first one's token: --room URL then uses it.",
            "",
            "  regie login --room https://regie.example.org:7070 --ca room-ca.pem",
            "  regie login --token-file me.token -p shop",
            ""
        })
final class LoginCommand implements Callable<Integer> {
    @Mixin
    private final Session session;

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var address = session.address();
        var token = session.tokenFileSaid()
                .map(SecretFile::read)
                .orElseGet(() -> asked(address))
                .strip();
        if (!token.matches("[!-~]{1,512}"))
            throw Failure.usage("That is no token: expected one word of plain characters.");
        var who = session.room(address, token).get("/v1/whoami");
        var config = session.config();
        config.general().put("room", address.url());
        session.projectSaid().ifPresent(project -> config.general().put("project", project));
        var section = config.rooms().computeIfAbsent(address.url(), _ -> new LinkedHashMap<>());
        section.put("token", token);
        session.authoritySaid()
                .ifPresent(file -> section.put("ca", file.toAbsolutePath().toString()));
        config.write(session.configPlace());
        session.terminal()
                .err()
                .println("Signed in to %s as %s (%s)."
                        .formatted(address.url(), Json.text(who, "name"), Json.text(who, "role")));
        return ExitCode.OK;
    }

    /** Without echo on a terminal. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    private String asked(Address address) {
        var console = System.console();
        if (console != null && session.terminal().asks()) {
            var typed = console.readPassword("Token for %s: ", address.url());
            return typed == null ? "" : new String(typed);
        }
        return session.terminal().line().orElse("");
    }
}
