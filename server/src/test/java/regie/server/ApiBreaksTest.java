package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No client of a released API is broken by this one. */
@Tag("check")
class ApiBreaksTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path CONTRACTS = Path.of("..", "contracts");

    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final String GOING = "\"deprecated\": true, \"x-sunset\": \"2027-01-01\"";

    private static final String BEFORE = """
            {"paths": {"/things": {"post": {
              "parameters": [{"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["up", "down"]}}],
              "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
              "responses": {"2XX": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
             "components": {"schemas": {"Thing": {"type": "object", "additionalProperties": false, "required": ["name"],
               "properties": {"name": {"type": "string", "maxLength": 63},
                              "size": {"type": "integer", "minimum": 1},
                              "state": {"enum": ["on", "off"]},
                              "part": {"$ref": "#/components/schemas/Thing"}}}}}}
            """;

    /** Each release's description is kept as it was. */
    @Test
    void clientsOfEachReleaseGoOn() throws IOException {
        var now = JSON.readTree(CONTRACTS.resolve("openapi.json"));
        var broken = new TreeMap<String, Object>();
        try (var files = Files.list(CONTRACTS.resolve("released"))) {
            for (var file : files.filter(each -> each.getFileName().toString().startsWith("openapi-"))
                    .toList()) {
                var breaks = ApiBreaks.between(JSON.readTree(file), now, LocalDate.now(ZoneOffset.UTC));
                if (!breaks.isEmpty()) broken.put(file.getFileName().toString(), breaks);
            }
        }
        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "/things"                   | "/objects"                   | POST /things: is gone
            "name": "sort", "in"        | "name": "order", "in"        | POST /things ?sort: is gone
            "in": "query", "schema"     | "in": "query", "required": true, "schema" | POST /things ?sort: is required now
            "up", "down"                | "up"                         | POST /things ?sort: "down" is not taken any more
            "maxLength": 63             | "maxLength": 62              | POST /things request.name: maxLength was 63 and is 62
            "required": ["name"]        | "required": ["name", "size"] | POST /things request.size: is required now
            "required": ["name"]        | "required": []               | POST /things 2XX answer.name: may be left out now
            "minimum": 1                | "minimum": 2                 | POST /things request.size: minimum was 1 and is 2
            "size": {"type": "integer"  | "size": {"type": "string"    | POST /things request.size: integer is not taken any more
            "size": {"type": "integer"  | "size": {"type": ["integer", "null"] | POST /things 2XX answer.size: null is new
            "state": {"enum": ["on", "off"]}, | ``                     | POST /things request.state: is gone
            "on", "off"                 | "on"                         | POST /things request.state: "off" is not taken any more
            "type": "string", "maxLength" | "type": "string", "pattern": "a+", "maxLength" | POST /things request.name: the pattern was  and is "a+"
            application/json            | application/xml              | POST /things: no application/json any more
            """)
    void whatBreaksIsFound(String was, String is, String expected) {
        assertThat(BEFORE).contains(was);
        assertThat(ApiBreaks.between(tree(BEFORE), tree(BEFORE.replace(was, is)), TODAY))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "in": "query"               | "in": "query", "description": "of what comes"
            "maxLength": 63             | "maxLength": 64
            "minimum": 1                | "minimum": 0
            "on", "off"                 | "on", "off", "resting"
            "up", "down"                | "up", "down", "around"
            "properties": {             | "properties": {"colour": {"type": "string"},
            "paths": {                  | "paths": {"/more": {"get": {}},
            """)
    void whatGrowsBreaksNobody(String was, String is) {
        assertThat(BEFORE).contains(was);
        assertThat(ApiBreaks.between(tree(BEFORE), tree(BEFORE.replace(was, is)), TODAY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "post": {                   | "post": {                      | DELETED | POST /things: is gone before 2027-01-01
            "in": "query"               | "in": "query"                  | "order" | POST /things ?sort: is gone before 2027-01-01
            "integer"                   | "integer"                      | "weight" | POST /things request.size: is gone before 2027-01-01
            """)
    void whatWasDeprecatedMayGoFromItsSunsetOn(String mark, String marked, String gone, String tooEarly) {
        var released = BEFORE.replace(mark, marked.endsWith("{") ? marked + " " + GOING + "," : marked + ", " + GOING);
        var now = switch (gone) {
            case "DELETED" -> released.replace("\"/things\"", "\"/others\"");
            case "\"order\"" -> released.replace("\"name\": \"sort\"", "\"name\": \"order\"");
            default -> released.replace("\"size\"", "\"weight\"");
        };
        assertThat(ApiBreaks.between(tree(released), tree(now), TODAY)).contains(tooEarly);
        assertThat(ApiBreaks.between(tree(released), tree(now), LocalDate.parse("2027-01-01")))
                .isEmpty();
    }

    private static JsonNode tree(String text) {
        return JSON.readTree(text);
    }
}
