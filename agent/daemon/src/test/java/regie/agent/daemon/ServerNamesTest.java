package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNamesTest {
    @Test
    void nameIsItselfAndRangeKeepsItsZeros() {
        assertThat(ServerNames.expand("par1-h01")).containsExactly("par1-h01");
        assertThat(ServerNames.expand("h[08-11].par1")).containsExactly("h08.par1", "h09.par1", "h10.par1", "h11.par1");
        assertThat(ServerNames.expand("h[00001-10000]"))
                .hasSize(10_000)
                .startsWith("h00001")
                .endsWith("h10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H1", "../x", "a/b", "h[2-1]", "h[1-]", "[1-2]", "h[0-999999]", "h[1-2][3-4]", "-h"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerNames.expand(text))
                .withMessageContaining(text);
    }
}
