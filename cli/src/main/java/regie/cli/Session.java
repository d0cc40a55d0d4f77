package regie.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every word that talks to the room, and what they lead to. */
final class Session {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final InstantSource time;
    private final Progress progress;

    @Option(
            names = "--room",
            paramLabel = "URL",
            description = "The room to talk to. Else REGIE_ROOM, else the one of `regie login`, else "
                    + Address.OWN_MACHINE + ".")
    private Optional<String> roomOption = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with your token. Else REGIE_TOKEN_FILE, else what `regie login` kept for this room; on the"
                            + " room's own machine the operator's.")
    private Optional<Path> tokenFileOption = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) that the room's has to come from. Else REGIE_CA, else what `regie login` kept,"
                            + " else this machine's own.")
    private Optional<Path> authorityOption = Optional.empty();

    @Option(
            names = {"-p", "--project"},
            paramLabel = "PROJECT",
            description = "The project. Else REGIE_PROJECT, else the one of `regie login`, else default.")
    private Optional<String> projectOption = Optional.empty();

    Session(Terminal terminal, Map<String, String> environment, InstantSource time) {
        this.terminal = terminal;
        this.environment = environment;
        this.time = time;
        this.progress = new Progress(terminal, time);
    }

    Instant now() {
        return time.instant();
    }

    Progress progress() {
        return progress;
    }

    Terminal terminal() {
        return terminal;
    }

    Room room() {
        var config = config();
        var address = address(config);
        return new Room(address, new Http(address, token(config, address), trust(config, address)), progress, time);
    }

    Room room(Address address, String token) {
        return new Room(address, new Http(address, token, trust(config(), address)), progress, time);
    }

    KindCatalog kinds(Room room) {
        return new KindCatalog(cached(room, "/v1/kinds"));
    }

    CachedAnswer cached(Room room, String path) {
        var folder = variable("XDG_CACHE_HOME")
                .map(Path::of)
                .orElseGet(() -> home().resolve(".cache"))
                .resolve("regie/cli");
        return new CachedAnswer(room, path, folder, time);
    }

    String project() {
        return projectOption
                .or(() -> variable("REGIE_PROJECT"))
                .or(() -> config().general("project"))
                .orElse("default");
    }

    Optional<String> projectSaid() {
        return projectOption;
    }

    Address address() {
        return address(config());
    }

    ConfigFile config() {
        return ConfigFile.read(configPlace());
    }

    Path configPlace() {
        return ConfigFile.place(environment);
    }

    Optional<Path> tokenFileSaid() {
        return tokenFileOption;
    }

    Optional<Path> authoritySaid() {
        return authorityOption.or(() -> variable("REGIE_CA").map(Path::of));
    }

    Trust trust(ConfigFile config, Address address) {
        return new Trust(authoritySaid().or(() -> config.of(address.url(), "ca").map(Path::of)));
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    private Address address(ConfigFile config) {
        return Address.of(roomOption
                .or(() -> variable("REGIE_ROOM"))
                .or(() -> config.general("room"))
                .orElse(Address.OWN_MACHINE));
    }

    private String token(ConfigFile config, Address address) {
        return tokenFileOption
                .or(() -> variable("REGIE_TOKEN_FILE").map(Path::of))
                .map(SecretFile::read)
                .or(() -> config.of(address.url(), "token"))
                .or(() -> operatorToken(address))
                .map(String::strip)
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_ALLOWED,
                        "token-missing",
                        "There is no token for the room at %s. Sign in once: regie login --room %s; or name a file that holds"
                                        .formatted(address.url(), address.url())
                                + " it: --token-file FILE"));
    }

    /** On the room's own machine its operator needs no sign-in: who may read the file may do everything anyway. */
    private Optional<String> operatorToken(Address address) {
        if (!address.url().equals(Address.OWN_MACHINE)) return Optional.empty();
        return OwnMachine.operatorToken(environment).map(SecretFile::read);
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", "/root"));
    }
}
