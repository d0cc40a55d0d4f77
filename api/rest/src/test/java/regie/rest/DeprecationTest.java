package regie.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import regie.kernel.Actions;
import regie.kernel.Going;
import regie.kernel.Json;
import regie.kernel.Kinds;
import regie.kernel.SpecSchema;

class DeprecationTest {
    private static final Deprecation GOING =
            new Deprecation(LocalDate.parse("2026-11-20"), LocalDate.parse("2027-11-20"));

    private record Sample(@Going(sunset = "2027-11-20") String former, String present) {}

    @Test
    void answersSayItAsTheRfcsHaveIt() {
        assertThat(GOING.sinceHeader()).isEqualTo("@1795132800");
        assertThat(GOING.sunsetHeader()).isEqualTo("Sat, 20 Nov 2027 00:00:00 GMT");
    }

    @Test
    void clientsHearItOverHttp() throws Exception {
        var door = Javalin.create(config -> config.routes.addHttpHandler(HandlerType.GET, "/former", GOING::tell))
                .start("127.0.0.1", 0);
        try {
            var said = URI.create("http://127.0.0.1:%d/former".formatted(door.port()))
                    .toURL()
                    .openConnection();
            assertThat(said.getHeaderField("Deprecation")).isEqualTo("@1795132800");
            assertThat(said.getHeaderField("Sunset")).isEqualTo("Sat, 20 Nov 2027 00:00:00 GMT");
            assertThat(said.getHeaderField("Link")).isEqualTo("</docs/concepts/clients.md>; rel=\"deprecation\"");
        } finally {
            door.stop();
        }
    }

    @Test
    void descriptionSaysItOfOperationsAndParameters() {
        var route = Route.of("GET", "/v1/former", "What was.", Shape.VERSION, _ -> {});
        var parameter = new Parameter("old", "what was asked");
        var all = List.of(
                route.asking(parameter.deprecated(GOING)).deprecated(GOING),
                Route.of("GET", "/v1/new", "", Shape.VERSION, _ -> {}));
        var description = Json.MAPPER.readTree(OpenApi.of(new Kinds(List.of()), new Actions(List.of()), all, "1"));
        var former = description.at("/paths/~1v1~1former/get");
        assertThat(former.path("deprecated").asBoolean()).isTrue();
        assertThat(former.path("x-sunset").asString()).isEqualTo("2027-11-20");
        assertThat(former.at("/parameters/0/deprecated").asBoolean()).isTrue();
        assertThat(description.at("/paths/~1v1~1new/get").has("deprecated")).isFalse();
    }

    @Test
    void schemasSayItOfFields() {
        var schema = SpecSchema.of(Sample.class);
        assertThat(schema.at("/properties/former/deprecated").asBoolean()).isTrue();
        assertThat(schema.at("/properties/former/x-sunset").asString()).isEqualTo("2027-11-20");
        assertThat(schema.at("/properties/present").has("deprecated")).isFalse();
    }
}
