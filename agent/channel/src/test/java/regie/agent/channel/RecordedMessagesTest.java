package regie.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goal: a room and an agent understand each other though one of them is two versions older.
 * Method: what each version says is kept, one message a line, as it went over the wire. Today's code has to understand all of it,
 * and to say nothing in which an older reader would miss a field; and it passes over what it does not know.
 */
@Tag("check")
@Tag("golden")
class RecordedMessagesTest {
    private static final Path CONTRACTS = Path.of("..", "..", "contracts");
    private static final Path CURRENT = CONTRACTS.resolve("agent.jsonl");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Holds hosts by their names, which are no fields. */
    private static final String MAP = "condemned";

    /** One line of a file. */
    private record Said(String by, JsonNode message) {
        String what() {
            return by + " " + message.path("is").asString();
        }

        String line() {
            var line = JSON.createObjectNode().put("by", by);
            line.set("message", message);
            return line.toString();
        }
    }

    private static List<Said> samples() {
        var all = new ArrayList<Said>();
        for (var each : SampleMessages.fromHost()) all.add(new Said("host", written(FromHost.class, each)));
        for (var each : SampleMessages.fromRoom()) all.add(new Said("room", written(FromRoom.class, each)));
        return all;
    }

    private static <M> JsonNode written(Class<M> type, M message) {
        return JSON.readTree(Wire.json(type).stream(message));
    }

    private static Object read(Said said) {
        return said.by().equals("host") ? read(FromHost.class, said) : read(FromRoom.class, said);
    }

    private static <M> M read(Class<M> type, Said said) {
        Marshaller<M> wire = Wire.json(type);
        return wire.parse(new ByteArrayInputStream(said.message().toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Said again(Said said) {
        var message = said.by().equals("host")
                ? written(FromHost.class, read(FromHost.class, said))
                : written(FromRoom.class, read(FromRoom.class, said));
        return new Said(said.by(), message);
    }

    private static List<Said> kept(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(JSON::readTree)
                .map(line -> new Said(line.path("by").asString(), line.path("message")))
                .toList();
    }

    private static List<Said> released() throws IOException {
        var all = new ArrayList<Said>();
        try (var files = Files.newDirectoryStream(CONTRACTS.resolve("released"), "agent-*.jsonl")) {
            for (var file : files) all.addAll(kept(file));
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    @Test
    void contractIsCurrent() throws IOException {
        var now = samples().stream().map(Said::line).toList();
        if (System.getProperty("regie.golden", "").equals("write")) Files.write(CURRENT, now);
        assertThat(Files.readAllLines(CURRENT))
                .as("./regie golden rewrites contracts/agent.jsonl")
                .isEqualTo(now);
    }

    @Test
    void eachMessageHasASample() {
        var sampled =
                samples().stream().<Object>map(said -> read(said).getClass()).toList();
        for (var type : List.<Class<?>>of(FromHost.class, FromRoom.class))
            messages(type)
                    .filter(message -> !message.getSimpleName().equals("Unknown"))
                    .forEach(message -> assertThat(sampled).contains(message));
    }

    private static Stream<Class<?>> messages(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(RecordedMessagesTest::messages);
    }

    @Test
    void whatOlderOnesSayIsUnderstoodAsItWasMeant() throws IOException {
        for (var said : released())
            assertThat(lost(said.message(), again(said).message()))
                    .as(said.line())
                    .isEmpty();
    }

    @Test
    void olderOnesMissNothingInWhatIsSaidNow() throws IOException {
        var now = samples();
        for (var said : released()) {
            var same =
                    now.stream().filter(each -> each.what().equals(said.what())).findFirst();
            assertThat(same).as("%s is said no more", said.what()).isPresent();
            assertThat(missing(said.message(), same.get().message()))
                    .as(said.what())
                    .isEmpty();
        }
    }

    @Test
    void whatNewerOnesSayBesidesIsPassedOver() {
        for (var said : samples()) {
            var newer = new Said(said.by(), withMore(said.message().deepCopy()));
            assertThat(read(newer)).isEqualTo(read(said));
        }
    }

    @Test
    void messagesOfNewerOnesArePassedOver() {
        var message = JSON.createObjectNode().put("is", "FromTheFuture").put("at", 1);
        assertThat(read(new Said("host", message))).isEqualTo(new FromHost.Unknown());
        assertThat(read(new Said("room", message))).isEqualTo(new FromRoom.Unknown());
    }

    /** Paths of what is in {@code before}, and is not there or is something else in {@code after}. */
    private static List<String> lost(JsonNode before, JsonNode after) {
        var found = new ArrayList<String>();
        differ("", before, after, true, found);
        return found;
    }

    /** Paths of fields in {@code before} that {@code after} has not. */
    private static List<String> missing(JsonNode before, JsonNode after) {
        var found = new ArrayList<String>();
        differ("", before, after, false, found);
        return found;
    }

    private static void differ(String path, JsonNode before, JsonNode after, boolean values, List<String> found) {
        if (before.isObject()) {
            for (var field : before.properties())
                differ(path + "/" + field.getKey(), field.getValue(), after.path(field.getKey()), values, found);
        } else if (before.isArray()) {
            for (int at = 0; at < before.size(); at++)
                differ(path + "/" + at, before.path(at), after.path(values ? at : 0), values, found);
        } else if (after.isMissingNode() || (values && !before.equals(after))) {
            found.add(path);
        }
    }

    private static JsonNode withMore(JsonNode node) {
        for (var child : node.properties()) if (!child.getKey().equals(MAP)) withMore(child.getValue());
        for (var child : node) if (node.isArray()) withMore(child);
        if (node instanceof ObjectNode object)
            object.putObject("fromTheFuture").putArray("list").add(1);
        return node;
    }
}
