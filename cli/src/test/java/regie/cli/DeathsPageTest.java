package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeathsPageTest {
    private static String page(String answer) {
        return String.join("\n", DeathsPage.render(Json.read(answer)));
    }

    @Test
    void nothingIsSaidInOneLine() {
        assertThat(page("{\"verdicts\": [], \"deaths\": []}"))
                .isEqualTo("No server is dead, none is missed, and none is degraded.");
    }

    @Test
    void sickServerIsToldWithWhatBecomesOfIt() {
        assertThat(page("""
                {"degraded": [
                   {"number": 1, "server": "par1-h01", "site": "par1", "ails": "disk-hangs", "detail": "a write to its disk does not end",
                    "since": "2026-01-01T00:00:00Z", "closed": "2026-01-01T00:01:00Z", "maintenance": "degraded-par1-h01-1"}]}
                """)).isEqualTo("""
                SERVER    SITE  STATE     SINCE                 RETURNED  BY WHAT
                par1-h01  par1  degraded  2026-01-01T00:00:00Z            a write to its disk does not end; drained by maintenance degraded-par1-h01-1""");
    }

    /** A verdict that ended in death is told once: by the death, which knows of the return. */
    @Test
    void suspectsComeFirstAndEachDeathOnce() {
        assertThat(page("""
                {"verdicts": [
                   {"number": 2, "server": "par1-h02", "site": "par1", "suspected": "2026-01-01T00:02:00Z", "power": "fault",
                    "fault": "the password is wrong", "proof": ""},
                   {"number": 1, "server": "par1-h01", "site": "par1", "suspected": "2026-01-01T00:00:00Z", "power": "off", "fault": "",
                    "ended": "2026-01-01T00:00:02Z", "outcome": "dead", "proof": "its controller says that its power is off"}],
                 "deaths": [
                   {"number": 1, "name": "par1-h01", "site": "par1", "declared": "2026-01-01T00:00:02Z",
                    "proof": "its controller says that its power is off", "returned": "2026-01-01T00:30:00Z"}]}
                """)).isEqualTo("""
                SERVER    SITE  STATE     SINCE                 RETURNED              BY WHAT
                par1-h02  par1  suspect   2026-01-01T00:02:00Z                        its controller is of no help: the password is wrong
                par1-h01  par1  returned  2026-01-01T00:00:02Z  2026-01-01T00:30:00Z  its controller says that its power is off""");
    }
}
