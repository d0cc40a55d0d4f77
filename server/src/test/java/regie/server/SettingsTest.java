package regie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import regie.kernel.Documents;
import regie.kernel.Refused;

class SettingsTest {
    private static final Path PAGE = Path.of("..", "docs", "operate", "settings.md");

    @Tag("check")
    @Tag("golden")
    @Test
    void pageIsCurrent() throws IOException {
        if (System.getProperty("regie.golden", "").equals("write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, SettingsPage.text());
        }
        assertThat(Files.readString(PAGE)).as("./regie golden rewrites it").isEqualTo(SettingsPage.text());
    }

    @Test
    void withoutFileEverythingIsAsDocumented() throws IOException {
        var settings = Settings.read(Optional.empty());
        assertThat(settings.api().host()).isEqualTo("127.0.0.1");
        assertThat(settings.api().port()).isEqualTo(7070);
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.database().connections()).isEqualTo(10);
        assertThat(settings.logHours()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api: {lisen: 'a:1'}                            | s.yaml:1:7: api.lisen is not known here; did you mean listen?
            dta: /x                                        | s.yaml:1:1: dta is not known here; did you mean data?
            database: {connections: 1}                     | database.connections is 1
            database: {connections: many}                  | database.connections is
            database: {url: 'mysql://x'}                   | database.url is
            database: {user: regie}                        | s.yaml:1:12: database.user is regie; expected none without a url
            api: {listen: '127.0.0.1:99999'}               | s.yaml:1:7: api.listen is 127.0.0.1:99999; expected a port up to 65535
            api: {listen: nowhere}                         | api.listen is
            api: {certificateFile: a.pem}                  | keyFile is missing; expected a key for the certificate
            logHours: 0                                    | logHours is 0
            [1, 2]                                         | s.yaml:1:1: expected a mapping of names
            'data: [unclosed'                              | s.yaml:1:16
            """)
    void refusesWithPlaceAndWayOut(String yaml, String said) {
        assertThatThrownBy(() -> Documents.read(Settings.class, "s.yaml", yaml))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("s.yaml:1:")
                .hasMessageContaining(said);
    }
}
