package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeasesPageTest {
    private static String page(String answer) {
        return String.join("\n", LeasesPage.render(Json.read(answer)));
    }

    @Test
    void nothingIsSaidInOneLine() {
        assertThat(page("{\"leases\": []}")).isEqualTo("No agent was ever heard that knows of leases.");
    }

    @Test
    void eachServerSaysByWhatItCountsAndWhoMissesIt() {
        assertThat(page("""
                {"leases": [
                   {"server": "h1", "profile": "safe", "orElse": [], "able": true, "voters": ["h2", "h3"], "missedBy": ["the room"], "refused": false},
                   {"server": "h2", "profile": "fast", "orElse": ["safe"], "able": true, "voters": ["h1"], "missedBy": [], "refused": false},
                   {"server": "h3", "profile": "none", "orElse": [], "able": false, "voters": [], "missedBy": ["the room"], "refused": true}]}
                """)).isEqualTo("""
                SERVER  LEASE                           VOTERS  MISSED BY
                h1      safe                            h2, h3  the room
                h2      fast (or still safe)            h1
                h3      none (its agent can hold none)          nobody grants it anything""");
    }
}
