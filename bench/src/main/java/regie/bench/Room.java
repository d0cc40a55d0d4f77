package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.lab.Command;
import regie.lab.MicroImage;
import regie.lab.Program;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;
import regie.lab.Workspace;
import tools.jackson.databind.json.JsonMapper;

/** A control room of its own process, with its own durable PostgreSQL, as {@code regie up} starts it. */
final class Room implements AutoCloseable {
    private static final long START_SECONDS_MAX = 300;
    private static final String UNLIMITED = ", requestsPerSecond: 10000000, requestsBurst: 10000000";

    private static final int PORT_MIN = 20_000;
    private static final int RUNS = 2_000;
    private static final int PORTS_EACH = 4;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Program program;
    private final RoomSettings settings;

    private Room(Program program, RoomSettings settings) {
        this.program = program;
        this.settings = settings;
    }

    /**
     * @param data everything that the room keeps; may exist already
     * @param certificate for TLS
     * @param unbounded whether a client may ask as often as it can
     * @param more further settings, in YAML
     */
    record RoomSettings(
            Path data,
            int apiPort,
            int agentsPort,
            Optional<BenchCertificate> certificate,
            boolean unbounded,
            String more) {
        static RoomSettings in(Path data) {
            return new RoomSettings(
                    data, Workspace.freePort(7070), Workspace.freePort(7071), Optional.empty(), false, "");
        }

        /**
         * On ports that the kernel gives to nobody who calls out, so that they are free still when it starts again.
         *
         * @param number of the server among those of this run, from 0
         */
        static RoomSettings apart(Path data, int number) {
            int port = PORT_MIN + (int) (ProcessHandle.current().pid() % RUNS) * PORTS_EACH + 2 * number;
            return new RoomSettings(
                    data, Workspace.freePort(port), Workspace.freePort(port + 1), Optional.empty(), true, "");
        }

        RoomSettings behind(BenchCertificate tls) {
            return new RoomSettings(data, apiPort, agentsPort, Optional.of(tls), true, more);
        }

        RoomSettings withoutBound() {
            return new RoomSettings(data, apiPort, agentsPort, certificate, true, more);
        }

        /** With others on one database. */
        RoomSettings on(SharedDatabase database) {
            return new RoomSettings(data, apiPort, agentsPort, certificate, unbounded, database.setting());
        }

        /** Writes them where the room can read them. */
        Path write() throws IOException {
            var file = data.resolveSibling(data.getFileName() + ".yaml");
            return Files.writeString(file, """
                    data: %s
                    api: {listen: "127.0.0.1:%d"%s%s}
                    agents: {listen: "0.0.0.0:%d"}
                    %s""".formatted(
                            data,
                            apiPort,
                            certificate.map(RoomSettings::tls).orElse(""),
                            unbounded ? UNLIMITED : "",
                            agentsPort,
                            more));
        }

        private static String tls(BenchCertificate certificate) {
            return ", certificateFile: \"%s\", keyFile: \"%s\"".formatted(certificate.file(), certificate.key());
        }
    }

    /** Returns when the room has said that it is ready. */
    static Room start(Bench bench) throws IOException, InterruptedException {
        return start(bench, RoomSettings.in(bench.file("room")));
    }

    static Room start(Bench bench, RoomSettings settings) throws IOException, InterruptedException {
        return start(bench, bench.repository(), settings);
    }

    /** @param version root of the tree whose program it is */
    static Room start(Bench bench, Path version, RoomSettings settings) throws IOException, InterruptedException {
        var log = bench.file(settings.data().getFileName() + ".log");
        var room = bench.part(new Room(
                Program.start(
                        List.of(
                                version.resolve("regie").toString(),
                                "up",
                                "--config",
                                settings.write().toString()),
                        Map.of(),
                        log),
                settings));
        Stopwatch.await(START_SECONDS_MAX, room::ready, () -> "the room is not ready; see " + room.program.log());
        return room;
    }

    private boolean ready() throws IOException {
        program.mustRun("the control room");
        return Files.readAllLines(program.log()).stream().anyMatch(line -> line.startsWith("ready "));
    }

    RoomClient client() {
        var token = settings.data().resolve("operator.token");
        return settings.certificate()
                .map(tls -> new RoomClient("https://127.0.0.1:" + settings.apiPort(), token, tls.trusting()))
                .orElseGet(() -> new RoomClient("http://127.0.0.1:" + settings.apiPort(), token));
    }

    /** A connection of a room behind TLS, signed in as an operator. */
    KeptConnection connection() throws IOException {
        var token = Files.readString(settings.data().resolve("operator.token")).strip();
        return new KeptConnection(settings.certificate().orElseThrow().trusting(), settings.apiPort(), token);
    }

    int apiPort() {
        return settings.apiPort();
    }

    Path tokenFile() {
        return settings.data().resolve("operator.token");
    }

    String operatorToken() throws IOException {
        return Files.readString(tokenFile()).strip();
    }

    int agentsPort() {
        return settings.agentsPort();
    }

    ProcessHandle process() {
        return ProcessHandle.of(program.pid()).orElseThrow();
    }

    /** Of the very program that keeps the room's data. */
    String postgresVersion() throws IOException {
        return postgresVersion(process());
    }

    static String postgresVersion(ProcessHandle room) throws IOException {
        var postgres = room.descendants()
                .flatMap(each -> each.info().command().stream())
                .filter(command -> command.endsWith("/postgres"))
                .findFirst()
                .orElseThrow(() -> new IOException("the room has no PostgreSQL"));
        return Command.run(10, List.of(postgres, "--version"));
    }

    /** Declares the flavor and the image {@code micro}, with the image's bytes. */
    void declareMicro(Bench bench) throws IOException, InterruptedException {
        var image = MicroImage.build(bench.repository());
        var client = client();
        client.putJson("/v1/flavors/micro", "{\"spec\": {\"vcpus\": 1, \"memoryMiB\": 128}}");
        client.putJson("/v1/images/micro", "{\"spec\": {\"boot\": \"kernel\", \"memoryMiBMin\": 88}}");
        client.put("/v1/images/micro/content/kernel", image.fetch(image.kernel()));
        client.put("/v1/images/micro/content/initrd", image.fetch(image.initrd()));
    }

    /** Applies a manifest. */
    void apply(String manifest) throws IOException, InterruptedException {
        var files = JSON.createObjectNode();
        files.putArray("files").addObject().put("name", "bench.yaml").put("text", manifest);
        client().post("/v1/apply", files.toString());
    }

    /** A token for the agents of {@code servers}, in a file. */
    Path joinToken(Bench bench, String servers) throws IOException, InterruptedException {
        var answer = client().post("/v1/join-tokens", "{\"servers\": \"%s\"}".formatted(servers));
        var file = "join-token-" + servers.replaceAll("[^a-z0-9]+", "-");
        return Files.writeString(bench.file(file), answer.path("token").asString());
    }

    @Override
    public void close() {
        program.close();
    }
}
