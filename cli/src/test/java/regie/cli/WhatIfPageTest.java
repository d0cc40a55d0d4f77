package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is read of a loss and of single points of failure. */
class WhatIfPageTest {
    private static final String LOSS = """
            {"lost": ["feed/ups", "rack/r9"],
             "totals": {"servers": 40, "serversDark": 12, "serversDiskless": 0, "serversCutOff": 1,
                        "machines": 31, "returning": 1, "lost": 2, "cutOff": 1},
             "fallen": [
               {"element": "rack/r9", "fate": "lost", "because": []},
               {"element": "feed/a", "fate": "dark", "because": ["feed/b", "feed/ups"]},
               {"element": "feed/b", "fate": "dark", "because": ["feed/a"]},
               {"element": "feed/ups", "fate": "lost", "because": []},
               {"element": "device/sw1", "fate": "dark", "because": ["feed/a", "feed/b"]},
               {"element": "server/h01", "fate": "dark", "because": ["feed/a"]},
               {"element": "server/h02", "fate": "dark", "because": ["feed/a"]},
               {"element": "server/h03", "fate": "dark", "because": ["feed/a"]},
               {"element": "server/h09", "fate": "dark", "because": ["feed/a"]},
               {"element": "server/h10", "fate": "cut-off", "because": ["device/sw1"]}],
             "machines": [
               {"key": {"kind": "Instance", "project": "shop", "name": "web-1"}, "fleet": "web", "server": "h01",
                "fate": "returns", "to": "h20", "site": "fra1"},
               {"key": {"kind": "Instance", "project": "shop", "name": "web-2"}, "server": "h02", "fate": "lost",
                "why": "of 2 hosts: 2 cordoned (0 left)"},
               {"key": {"kind": "Instance", "project": "shop", "name": "web-3"}, "server": "h03", "fate": "lost",
                "why": "of 2 hosts: 2 cordoned (0 left)"},
               {"key": {"kind": "Instance", "project": "shop", "name": "web-4"}, "server": "h10", "fate": "cut-off"}],
             "fleets": [{"project": "shop", "name": "web", "members": 9, "staying": 5, "returning": 1, "lost": 2, "cutOff": 1}],
             "projects": [{"name": "shop", "machines": 31, "staying": 27, "returning": 1, "lost": 2, "cutOff": 1}],
             "services": [{"name": "oracle", "servers": 4, "out": 1}],
             "controlRoom": [{"name": "database", "servers": 1, "out": 1}]}""";

    @Test
    void aLossIsATreeOfCausesThenWhoIsHitThenTheSum() {
        assertThat(String.join("\n", WhatIfPage.render(Json.read(LOSS), false, Ink.NONE)))
                .isEqualTo("""
                feed/ups is lost
                └─ feed a dark, together with feed/b
                   ├─ feed b dark
                   ├─ device sw1 dark, together with feed/b
                   │  └─ server h10 cut off
                   └─ servers h[01-03], h09 dark
                rack/r9 is lost

                Machines lost: no place left (2)
                  shop/instance/web-2  on h02
                  shop/instance/web-3  on h03
                  2× of 2 hosts: 2 cordoned (0 left)

                Machines returning elsewhere (1)
                  shop/instance/web-1  on h01  → h20 (fra1)

                Machines cut off: running, out of reach (1)
                  shop/instance/web-4  on h10

                Fleets
                  NAME      MEMBERS  STAY  RETURN  LOST  CUT OFF
                  shop/web  9        5     1       2     1

                Projects
                  NAME  MACHINES  STAY  RETURN  LOST  CUT OFF
                  shop  31        27    1       2     1

                Services
                  oracle  1 of 4 servers out  3 left

                Control room
                  database  1 of 1 servers out  none left

                12 of 40 servers dark, 0 without a disk, 1 cut off.
                4 of 31 machines hit: 1 return, 2 lost, 1 cut off.""");
    }

    @Test
    void singlePointsStandWithWhatTheyHitAndWhatToChange() {
        var found = Json.read("""
                {"examined": 30, "items": [{"element": "feed/ups",
                  "hits": [{"kind": "server", "name": "h01", "how": "dark"}, {"kind": "server", "name": "h02", "how": "dark"},
                           {"kind": "fleet", "name": "shop/web", "how": "nobody-left"}],
                  "changes": ["feed b from another source than feed/ups"]}]}""");
        assertThat(String.join("\n", SpofPage.render(found, Ink.NONE))).isEqualTo("""
                feed/ups
                  server h[01-02] (2): dark
                  fleet shop/web: nobody left
                  + feed b from another source than feed/ups

                1 of 30 elements is a single point of failure.""");
    }
}
