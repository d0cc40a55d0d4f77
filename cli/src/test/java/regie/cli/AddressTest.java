package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:7070",
                "http://localhost:7070",
                "http://[::1]:7070",
                "https://regie.example.org",
                "https://10.0.0.1:7070/room/"
            })
    void takesRoomsThatATokenMayBeSentTo(String url) {
        assertThat(Address.of(url).url()).doesNotEndWith("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1:7070",
                "http://127.0.0.1.example.org",
                "ftp://localhost",
                "localhost:7070",
                "https://",
                "https://me:secret@regie.example.org",
                "https://regie.example.org/?a=b",
                "http://bad host"
            })
    void refusesWhereATokenWouldBeShownOrLost(String url) {
        assertThatThrownBy(() -> Address.of(url))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void namesInPathsAreEncoded() {
        assertThat(Address.part("web-1.é/?&=")).isEqualTo("web-1.%C3%A9%2F%3F%26%3D");
    }
}
