package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapacityPageTest {
    private static final String ANSWER = """
            {"sites": [
              {"site": "fra1", "state": "operational", "hosts": 2, "open": 2, "addresses": 90, "fragmentedFor": "large",
               "rooms": [{"what": "threads", "total": 16, "claimed": 4, "reserved": 3, "held": 2, "free": 10, "fragmented": 1, "closed": 0}],
               "products": [{"flavor": "small", "offered": 50, "sold": 4, "used": 3, "fits": 10, "held": 2, "fragmented": 0},
                            {"flavor": "large", "sold": 0, "used": 0, "fits": 1, "held": 0, "fragmented": 1}],
               "forecast": {"days": 3, "words": "3 days of history; a forecast takes at least 14"}},
              {"site": "par1", "state": "planned", "hosts": 0, "open": 0, "addresses": 0, "rooms": [],
               "products": [{"flavor": "small", "planned": 100, "sold": 0, "used": 0, "fits": 0, "held": 0, "fragmented": 0}],
               "forecast": {"days": 0, "words": "0 days of history; a forecast takes at least 14"}}],
             "products": [{"flavor": "small", "offered": 50, "planned": 100, "sold": 4, "used": 3, "fits": 10, "held": 2, "fragmented": 0},
                          {"flavor": "large", "sold": 0, "used": 0, "fits": 1, "held": 0, "fragmented": 1}]}""";

    @Test
    void aSiteIsItsRoomItsProductsAndTheDayItRunsOut() {
        assertThat(String.join("\n", CapacityPage.bySite(Json.read(ANSWER), Ink.NONE)))
                .isEqualTo("""
                fra1 (operational): 2 of 2 hosts open, 90 addresses free
                  ROOM     TOTAL  CLAIMED  RESERVED  HELD  FREE  FRAGMENTED  CLOSED
                  threads  16     4        3         2     10    1           0
                  PRODUCT  OFFERED  SOLD  USED  FIT NOW  HELD  FRAGMENTED
                  small    50       4     3     10       2     0
                  large             0     0     1        0     1
                  runs out: 3 days of history; a forecast takes at least 14

                par1 (planned): 0 of 0 hosts open, 0 addresses free
                  PRODUCT  OFFERED        SOLD  USED  FIT NOW  HELD  FRAGMENTED
                  small    (100 planned)  0     0     0        0     0
                  runs out: 0 days of history; a forecast takes at least 14""");
    }

    @Test
    void aProductIsALineWithItsSites() {
        assertThat(String.join("\n", CapacityPage.byProduct(Json.read(ANSWER), Ink.NONE)))
                .isEqualTo("""
                PRODUCT  OFFERED           SOLD  FIT NOW  OFFERED BY SITE              FIT NOW BY SITE
                small    50 (100 planned)  4     10       par1: 100 planned, fra1: 50  fra1: 10
                large                      0     1                                     fra1: 1""");
    }
}
