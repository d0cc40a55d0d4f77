package regie.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaTextTest {
    private static final String JAVA = """
            int a; // one "quoted"
            /* two
               lines */ String s = "no // comment \\" here";
            char c = '"'; String t = ""\"
                block // still
                ""\";
            """;

    @Test
    void commentsGoAndLinesStay() {
        assertThat(JavaText.withoutComments(JAVA).lines().map(String::stripTrailing))
                .containsExactly(
                        "int a;",
                        "",
                        "            String s = \"no // comment \\\" here\";",
                        "char c = '\"'; String t = \"\"\"",
                        "    block // still",
                        "    \"\"\";");
    }

    @Test
    void onlyStringsStay() {
        assertThat(JavaText.stringsOnly(JAVA).lines().map(String::strip).filter(line -> !line.isEmpty()))
                .containsExactly("\"no // comment \\\" here\"", "'\"'             \"\"\"", "block // still", "\"\"\"");
    }
}
