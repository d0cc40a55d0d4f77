package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FailurePageTest {
    private static final String MALFORMED = """
            {"type": "/docs/problems/manifest-malformed", "title": "Manifest malformed", "status": 400,
             "code": "manifest-malformed", "detail": "…", "problems": [
              {"place": {"file": "estate.yaml", "line": 4, "column": 10}, "field": "spec.count",
               "message": "count is -1; expected at least 0"},
              {"place": {"file": "estate.yaml", "line": 9, "column": 1}, "field": "", "message": "name is missing"}]}""";

    private static String rendered(Failure failure) {
        return String.join("\n", FailurePage.render(failure, Ink.NONE));
    }

    @Test
    void manifestProblemsShowTheirLineAndACaret() {
        var failure = Problem.failure(400, MALFORMED)
                .in(Map.of("estate.yaml", "kind: Fleet\nname: web\nspec:\n  count: -1\n"));
        assertThat(rendered(failure)).isEqualTo("""
                estate.yaml:4:10: count is -1; expected at least 0
                  4 |   count: -1
                    |          ^
                estate.yaml:9:1: name is missing
                regie: 2 problems; nothing was changed.
                       problem: manifest-malformed (docs/problems/manifest-malformed.md)""");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aRefusalSaysWhatWhyTheWayOutAndItsCode() {
        var failure = Problem.failure(409, """
                {"code": "stale", "detail": "You changed generation 3 of fleet/web; it is now 4. Read it again."}""");
        assertThat(rendered(failure)).isEqualTo("""
                regie: You changed generation 3 of fleet/web; it is now 4. Read it again.
                       problem: stale (docs/problems/stale.md)""");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void anAnswerThatIsNoneOfARoomsIsShownShortened() {
        var failure = Problem.failure(502, "<html>\033[2J" + "x".repeat(1000));
        assertThat(rendered(failure))
                .contains("status 502")
                .contains("<html>\uFFFD[2Jxxx")
                .hasSizeLessThan(500);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAULT);
    }

    @Test
    void everyStatusHasItsExitCode() {
        assertThat(Map.of(400, 1, 401, 5, 403, 5, 404, 3, 409, 4, 412, 4, 422, 1, 429, 1, 503, 7))
                .allSatisfy((status, code) -> assertThat(ExitCode.of(status)).isEqualTo(code));
    }
}
