package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.placement.Cpu;
import regie.placement.Place;
import regie.placement.Slot;
import regie.placement.Take;
import regie.testing.TestDatabase;

/** Rows that nobody of ours would write, straight into the ledger: each is refused by the constraint that stands for it. */
class ForgedRowsTest {
    private Books books;
    private UUID host;
    private UUID other;
    private UUID guest;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        books = new Books(source);
        host = books.host("h1");
        other = books.host("h2");
        var place = Books.place(host, "threads@0", 4);
        assertThat(books.attempt(tx -> Ledger.allocate(tx, List.of(place)))).isEmpty();
        guest = place.instance();
    }

    private String forge(String sql) {
        return books.attempt(tx -> tx.change(sql.replace("HOST", "'" + host + "'::uuid")
                .replace("OTHER", "'" + other + "'::uuid")
                .replace("GUEST", "'" + guest + "'::uuid")));
    }

    private void assertRefused(String constraint, String sql) {
        assertThat(forge(sql)).as(sql).contains(constraint);
        books.assertRight();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads@0",
                "threads@1",
                "memory@0",
                "memory@1",
                "hugepages:2@0",
                "disk:md0",
                "gpus:A100@1",
                "functions:eno1@0",
                "bandwidth"
            })
    void aClaimBeyondTheRoomInAnyDimension(String slot) {
        long total = Books.ROOMS.getOrDefault(slot, 0L);
        long held = slot.equals("threads@0") ? 4 : 0;
        var claim = "insert into compute.claim values (GUEST, HOST, '%s', %d) on conflict (instance, server, slot)"
                + " do update set amount = claim.amount + excluded.amount";
        assertRefused("not_oversold", claim.formatted(slot, total - held + 1));
        assertThat(forge(claim.formatted(slot, total - held))).isEmpty();
        assertRefused("not_oversold", claim.formatted(slot, 1));
    }

    @Test
    void amountsBelowOne() {
        assertRefused("claims_something", "insert into compute.claim values (GUEST, HOST, 'memory@0', -5)");
        assertRefused("claims_something", "insert into compute.claim values (GUEST, HOST, 'memory@0', 0)");
        assertRefused("claims_something", "update compute.claim set amount = -1");
    }

    @Test
    void claimsWhereTheGuestHasNoPlace() {
        assertRefused("claim_of_a_place", "insert into compute.claim values (GUEST, OTHER, 'memory@0', 1)");
        assertRefused("claim_of_a_place", "insert into compute.claim values (gen_random_uuid(), HOST, 'memory@0', 1)");
        assertRefused("claim_of_a_place", "delete from compute.allocation");
    }

    @Test
    void claimsOnWhatTheHostDoesNotHave() {
        assertRefused("claim_on_a_slot", "insert into compute.claim values (GUEST, HOST, 'threads@7', 1)");
        assertRefused("claim_on_a_slot", "insert into compute.claim values (GUEST, HOST, 'gpus:H100@0', 1)");
    }

    @Test
    void aClaimThatGoesOverToAnother() {
        assertRefused("claim_stays_what_it_is", "update compute.claim set slot = 'threads@1'");
        assertRefused("claim_stays_what_it_is", "update compute.claim set server = OTHER");
        assertRefused("claim_stays_what_it_is", "update compute.claim set instance = gen_random_uuid()");
    }

    @Test
    void aPlaceWithoutClaims() {
        assertRefused("place_has_claims", "delete from compute.claim");
        assertRefused("place_has_claims", """
                insert into compute.allocation (instance, server, epoch, overcommitted, seated, guest)
                select gen_random_uuid(), HOST, 1, false, seated, guest from compute.allocation
                """);
        assertRefused("place_has_claims", "update compute.allocation set server = OTHER");
        assertRefused("seated_somewhere", "update compute.allocation set seated = null");
    }

    @Test
    void whatIsClaimedWrittenByHand() {
        assertRefused("claimed_follows_claims", "update compute.slot set claimed = 0");
        assertRefused("claimed_follows_claims", "insert into compute.slot values (HOST, 'threads@9', 5, 5)");
        assertRefused("claimed_follows_claims", "delete from compute.slot where server = HOST");
        assertRefused("not_oversold", "update compute.slot set total = 3 where server = HOST and slot = 'threads@0'");
    }

    @Test
    void guaranteedAndOvercommittedOnOneHost() {
        var shared = books.bare("h3", true);
        books.slot(shared, "threads@0", 40);
        var takes = List.of(new Take(Slot.threads(0), 1));
        var guaranteed = List.of(Books.place(new Place(shared, takes), Cpu.DEDICATED));
        assertThat(books.attempt(tx -> Ledger.allocate(tx, guaranteed))).contains("sort_of_host");
        var cheap = List.of(Books.place(new Place(shared, takes), Cpu.OVERCOMMITTED));
        assertThat(books.attempt(tx -> Ledger.allocate(tx, cheap))).isEmpty();
        var astray = List.of(Books.place(new Place(host, takes), Cpu.OVERCOMMITTED));
        assertThat(books.attempt(tx -> Ledger.allocate(tx, astray))).contains("sort_of_host");
        assertRefused("sort_of_host", "update compute.host set overcommitted = true where server = HOST");
    }
}
