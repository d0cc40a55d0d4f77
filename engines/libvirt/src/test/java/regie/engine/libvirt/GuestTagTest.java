package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.agent.contract.Guest.Power;

class GuestTagTest {
    @Test
    void whatWasWrittenIsReadBack() throws LibvirtError {
        var tag = new GuestTag(Long.MAX_VALUE, Power.OFF, 3, 4, GuestTag.Stage.BUILDING);
        assertThat(GuestTag.parse(tag.xml())).isEqualTo(tag);
        assertThat(GuestTag.parse(tag.bare())).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<regie:guest/>",
                "<regie:guest epoch='x' power='ON' reboots='0' builds='0' stage='SETTLED'/>",
                "<regie:guest epoch='1' power='MAYBE' reboots='0' builds='0' stage='SETTLED'/>"
            })
    void anythingElseIsRefusedAndQuoted(String xml) {
        assertThatThrownBy(() -> GuestTag.parse(xml))
                .isInstanceOf(LibvirtError.class)
                .hasMessageContaining(xml);
    }
}
