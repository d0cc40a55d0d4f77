package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a<b>&\"c'",
                "]]>",
                "</title><devices>",
                "&amp;",
                "two\nlines\tand\rmore",
                " blanks ",
                "Zürich 東京 😀",
                ""
            })
    void whateverIsWrittenIsReadBack(String text) throws XMLStreamException {
        var xml = new Xml().open("a", "b", text).text("c", text).close().toString();
        var reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
        reader.nextTag();
        assertThat(reader.getAttributeValue(null, "b")).isEqualTo(text);
        reader.nextTag();
        assertThat(reader.getElementText()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\u0007", "\u001b[31m", "\ud800", "\ufffe"})
    void whatXmlCannotCarryIsRefused(String text) {
        assertThatThrownBy(() -> new Xml().text("a", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+");
    }

    @Test
    void openElementsAreAFlaw() {
        var xml = new Xml().open("a").open("b").close();
        assertThatThrownBy(xml::toString)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a");
    }
}
