package regie.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import regie.kernel.Check;

class PlacerTest {
    private static final Shape SMALL = Shape.of(2, 2048);

    @Test
    void fullestHostThatSufficesIsTaken() {
        var estate = new Estate()
                .with(
                        Estate.plain("large", 32, 65536),
                        Estate.plain("fitting", 4, 8192),
                        Estate.plain("tight", 1, 8192));
        assertThat(estate.hostOf(Estate.guest("one", SMALL))).isEqualTo("fitting");
        assertThat(estate.hostOf(Estate.guest("two", Shape.of(4, 2048)))).isEqualTo("large");
        assertThat(estate.hostOf(Estate.guest("three", "", SMALL, Rules.NONE.packed(Packing.SPREAD))))
                .isEqualTo("large");
    }

    @Test
    void equalHostsAreTakenByName() {
        var estate =
                new Estate().with(Estate.plain("c", 8, 8192), Estate.plain("a", 8, 8192), Estate.plain("b", 8, 8192));
        assertThat(estate.hostOf(Estate.guest("one", SMALL))).isEqualTo("a");
    }

    @Test
    void whyNotNamesWhatTookHostsOutInTheOrderTheyFell() {
        var free = Estate.plain("free", 8, 8192);
        var estate = new Estate()
                .with(
                        Estate.host("far", Location.at("fra1"), "threads@0=8", "memory@0=8192"),
                        Estate.dedicated(Estate.plain("banks", 8, 8192), "bank"),
                        Estate.overcommitted(Estate.plain("shared", 64, 8192)),
                        Estate.plain("closed", 8, 8192).opened(false),
                        Estate.plain("narrow", 1, 8192),
                        free);
        var rules = Rules.NONE.atSites("par1").withApart(new Apart(Domain.HOST, true));
        assertThat(estate.hostOf(Estate.guest("web-1", "web", SMALL, rules))).isEqualTo("free");
        assertThat(estate.place(Estate.guest("web-2", "web", SMALL, rules)))
                .isEqualTo("of 6 hosts: 1 at another site (5 left), 1 dedicated to another project (4 left), "
                        + "1 overcommitted (3 left), 1 closed to new guests (2 left), 1 too few threads (1 left), "
                        + "1 in a host that already holds one of group shop/web (0 left)");
        assertThat(new Estate().place(Estate.guest("one", SMALL))).isEqualTo("no host is known");
    }

    @Test
    void apartHoldsAlsoAgainstThoseWhoDoNotAskForIt() {
        var estate = new Estate().with(rack("a", "r1"), rack("b", "r1"), rack("c", "r2"));
        var apart = Rules.NONE.withApart(new Apart(Domain.RACK, true));
        assertThat(estate.hostOf(Estate.guest("one", "db", SMALL, apart))).isEqualTo("a");
        assertThat(estate.hostOf(Estate.guest("two", "db", SMALL, Rules.NONE))).isEqualTo("c");
        assertThat(estate.hostOf(Estate.guest("three", "db", SMALL, Rules.NONE)))
                .isEqualTo("c");
    }

    @Test
    void hostWithTwoFeedsSharesNone() {
        var estate = new Estate().with(feeds("a", "left"), feeds("b", "left"), feeds("c", "left", "right"));
        var apart = Rules.NONE.withApart(new Apart(Domain.FEED, true));
        assertThat(estate.hostOf(Estate.guest("one", "db", SMALL, apart))).isEqualTo("a");
        assertThat(estate.hostOf(Estate.guest("two", "db", SMALL, apart))).isEqualTo("c");
        assertThat(estate.hostOf(Estate.guest("three", "db", SMALL, apart))).isEqualTo("c");
    }

    @Test
    void hostsOfUnknownRackAreNotProvenApart() {
        var estate = new Estate().with(Estate.plain("a", 8, 8192), Estate.plain("b", 8, 8192));
        var apart = Rules.NONE.withApart(new Apart(Domain.RACK, true));
        assertThat(estate.hostOf(Estate.guest("one", "db", SMALL, apart))).isEqualTo("a");
        assertThat(estate.place(Estate.guest("two", "db", SMALL, apart)))
                .isEqualTo("of 2 hosts: 2 in a rack that already holds one of group shop/db (0 left)");
    }

    @Test
    void togetherWaitsForTheFirstOfAnotherGroupButNotOfItsOwn() {
        var estate = new Estate().with(rack("a", "r1"), rack("b", "r2"), rack("c", "r2"));
        var near = Rules.NONE.withTogether(new Together("db", Domain.RACK, true));
        assertThat(estate.place(Estate.guest("web", "web", SMALL, near)))
                .isEqualTo("of 3 hosts: 3 in no rack of group shop/db (0 left)");
        assertThat(estate.hostOf(Estate.guest("db-1", "db", Shape.of(8, 2048), near)))
                .isEqualTo("a");
        assertThat(estate.hostOf(Estate.guest("db-2", "db", SMALL, Rules.NONE))).isEqualTo("b");
        assertThat(estate.hostOf(Estate.guest("web", "web", SMALL, near))).isEqualTo("b");
    }

    @Test
    void spreadCountsOnlyDomainsWhereTheGuestMayGo() {
        var closed = rack("z", "r3").opened(false);
        var estate = new Estate().with(rack("a", "r1"), rack("b", "r2"), closed);
        var even = Rules.NONE.withSpread(new Spread(Domain.RACK, 1, true));
        assertThat(estate.hostOf(Estate.guest("one", "web", SMALL, even))).isEqualTo("a");
        assertThat(estate.hostOf(Estate.guest("two", "web", SMALL, even))).isEqualTo("b");
        assertThat(estate.hostOf(Estate.guest("three", "web", SMALL, even))).isEqualTo("a");
        estate.inventory.put(closed.opened(true));
        assertThat(estate.hostOf(Estate.guest("four", "web", SMALL, even))).isEqualTo("z");
    }

    @Test
    void preferencesGiveWayButRequirementsDoNot() {
        var ssd = Estate.labelled(Estate.plain("ssd", 8, 8192), Map.of("disk", "ssd"));
        var estate = new Estate().with(Estate.plain("any", 4, 8192), ssd);
        var prefers = Rules.NONE.preferring(Map.of("disk", "ssd"));
        assertThat(estate.hostOf(Estate.guest("one", "", Shape.of(8, 2048), prefers)))
                .isEqualTo("ssd");
        assertThat(estate.hostOf(Estate.guest("two", "", SMALL, prefers))).isEqualTo("any");
        assertThat(estate.place(Estate.guest("three", "", SMALL, Rules.NONE.requiring(Map.of("disk", "ssd")))))
                .isEqualTo("of 2 hosts: 1 without a required label (1 left), 1 too few threads (0 left)");
    }

    @Test
    void hostsWithCardsAreLeftToThoseWhoWantSome() {
        var cards = Estate.host("cards", Location.at("par1"), "threads@0=4", "memory@0=8192", "gpus:L4@0=1");
        var estate = new Estate().with(cards, Estate.plain("none", 64, 65536));
        assertThat(estate.hostOf(Estate.guest("one", SMALL))).isEqualTo("none");
        assertThat(estate.hostOf(Estate.guest("two", Estate.gpus(2, 2048, "L4", 1, true))))
                .isEqualTo("cards");
        assertThat(estate.hostOf(Estate.guest("three", SMALL))).isEqualTo("cards");
    }

    @Test
    void seatingMoreThanThereIsIsABug() {
        var estate = new Estate().with(Estate.plain("h", 4, 8192));
        var place = new Place(Estate.id("h"), List.of(new Take(Slot.threads(0), 3), new Take(Slot.memory(0), 64)));
        estate.inventory.seat(Estate.guest("one", SMALL), place);
        assertThatThrownBy(() -> estate.inventory.seat(Estate.guest("two", SMALL), place))
                .isInstanceOf(Check.Broken.class)
                .hasMessageContaining("h has 2 more of threads@0");
        assertThatThrownBy(() -> estate.inventory.drop(Estate.id("h"))).isInstanceOf(Check.Broken.class);
        assertThatThrownBy(() -> estate.inventory.unseat(new UUID(0, 9))).isInstanceOf(Check.Broken.class);
    }

    private static Host rack(String name, String rack) {
        return Estate.host(name, Location.at("par1").inRack(rack), "threads@0=8", "memory@0=8192");
    }

    private static Host feeds(String name, String... feeds) {
        var at = new Location("par1", "FR", "", "", List.of(feeds), "");
        return Estate.host(name, at, "threads@0=8", "memory@0=8192");
    }
}
