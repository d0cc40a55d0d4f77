package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesPageTest {
    private static final String PLAN = """
            {"number": "7f3a", "changes": [
              {"action": "create", "key": {"kind": "Server", "project": "", "name": "par1-h01"}, "generation": 0,
               "differences": [{"field": "labels", "after": {}}, {"field": "spec.cores", "after": 32},
                               {"field": "spec.rack", "after": "r1"}]},
              {"action": "create", "key": {"kind": "Server", "project": "", "name": "par1-h02"}, "generation": 0,
               "differences": [{"field": "labels", "after": {}}, {"field": "spec.cores", "after": 32},
                               {"field": "spec.rack", "after": "r1"}]},
              {"action": "change", "key": {"kind": "Fleet", "project": "shop", "name": "web"}, "generation": 4,
               "differences": [{"field": "spec.count", "before": 3, "after": 5},
                               {"field": "spec.template.site", "before": "par1"},
                               {"field": "spec.template.tags", "after": ["a", "b"]}]},
              {"action": "keep", "key": {"kind": "Site", "project": "", "name": "par1"}, "generation": 1, "differences": []}]}
            """;

    @Test
    void likeNeighboursAreOneBlockAndEveryFieldHasItsSign() {
        assertThat(String.join("\n", ChangesPage.render(Json.read(PLAN), Ink.NONE)))
                .isEqualTo("""
                + create server/par1-h01 … par1-h02 (2)
                    + spec.cores  32
                    + spec.rack   r1
                ~ change shop/fleet/web
                    ~ spec.count          3 → 5
                    - spec.template.site  par1
                    + spec.template.tags  ["a","b"]

                2 to create, 1 to change, 1 as declared already.""");
    }

    @Test
    void coloursAreTheSigns() {
        var painted = String.join("\n", ChangesPage.render(Json.read(PLAN), new Ink(true, false)));
        assertThat(painted)
                .contains("\033[32m+ create server/par1-h01 … par1-h02 (2)\033[0m")
                .contains("    \033[33m~ spec.count          3 → 5\033[0m")
                .contains("    \033[31m- spec.template.site  par1\033[0m");
    }

    @Test
    void nothingToDoIsSaidInOneLine() {
        var plan = Json.read("""
                {"changes": [{"action": "keep", "key": {"kind": "Site", "name": "par1"}, "differences": []}]}""");
        assertThat(ChangesPage.render(plan, Ink.NONE)).containsExactly("1 as declared already.");
        assertThat(ChangesPage.changing(plan)).isEmpty();
    }

    @Test
    void controlCharactersOfAValueNeverReachTheTerminal() {
        var plan = Json.read("""
                {"changes": [{"action": "create", "key": {"kind": "Site", "name": "par1"},
                  "differences": [{"field": "spec.note", "after": "\\u001b[2Jgone"}]}]}""");
        assertThat(ChangesPage.render(plan, Ink.NONE)).contains("    + spec.note  \uFFFD[2Jgone");
    }
}
