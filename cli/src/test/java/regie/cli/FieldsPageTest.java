package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsPageTest {
    private static final KindEntry SERVER = new KindEntry("Server", "servers", true, "A machine in a rack.", List.of());
    private static final String OPENAPI = """
            {"components": {"schemas": {"Server": {"type": "object", "properties": {
              "spec": {"$ref": "#/components/schemas/ServerSpec"}, "status": {"type": "object", "properties": {}}}},
             "ServerSpec": {"type": "object", "required": ["cores"], "properties": {
               "cores": {"type": "integer", "minimum": 1, "maximum": 1024, "description": "hardware threads"},
               "power": {"type": "string", "enum": ["on", "off"], "default": "on"},
               "disks": {"type": "array", "description": "as built in", "items": {"type": "object", "properties": {
                 "sizeGiB": {"type": "integer", "description": "size in GiB"}}}}}}}}}""";

    private static String rendered(String path) {
        return String.join("\n", FieldsPage.render(SERVER, Json.read(OPENAPI), path, Ink.NONE));
    }

    @Test
    void everyFieldSaysTypeRangeDefaultAndMeaning() {
        assertThat(rendered("")).isEqualTo("""
                Server
                A machine in a rack.

                  cores  integer  (required; at least 1; at most 1024)
                      hardware threads
                  power  text  (default "on"; one of on, off)
                  disks  list of object
                      as built in
                      sizeGiB  integer
                          size in GiB""");
    }

    @Test
    void aPathLeadsToOneField() {
        assertThat(rendered("disks")).isEqualTo("""
                server.disks  list of object
                as built in

                  sizeGiB  integer
                      size in GiB""");
        assertThat(rendered("spec.disks.sizeGiB")).startsWith("server.disks.sizeGiB  integer\nsize in GiB");
    }

    @Test
    void aWrongFieldIsToldWhatThereIs() {
        assertThatThrownBy(() -> rendered("disk"))
                .hasMessage("There is no field server.disk. There stand: cores, power, disks.");
    }
}
