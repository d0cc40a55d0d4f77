package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.Chance;
import regie.kernel.Tx;
import regie.placement.Place;
import regie.placement.Slot;
import regie.placement.Take;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** Reserved places straight in the ledger: forged rows are refused by the constraint that stands for them, and no race takes one twice. */
class ReservedRowsTest {
    private Books books;
    private UUID host;
    private UUID reservation;
    private UUID free;

    @BeforeEach
    void open(@regie.testing.Database(World.Rooms.class) TestDatabase source) {
        books = new Books(source);
        host = books.host("h1");
        reservation = reservation(2);
        free = add(1).getFirst();
    }

    private UUID reservation(int wanted) {
        var uid = Chance.SECURE.uuid();
        assertThat(books.attempt(tx -> tx.change("""
                        insert into compute.reservation (uid, kind, pattern, kept_for, wanted, ended)
                        values (:uid, 'Reservation', '{}', '{"flavor": "small", "projects": ["shop"]}', :wanted, false)
                        """, "uid", uid, "wanted", wanted)))
                .isEmpty();
        return uid;
    }

    private List<UUID> add(int count) {
        var places =
                java.util.stream.Stream.generate(() -> fresh(4)).limit(count).toList();
        assertThat(books.attempt(tx -> ReservationLedger.add(tx, places))).isEmpty();
        return places.stream().map(ReservationLedger.Fresh::place).toList();
    }

    private ReservationLedger.Fresh fresh(long threads) {
        var seat = Books.place(host, "threads@0", threads).seat();
        return new ReservationLedger.Fresh(reservation, new KeptFor("small", List.of("shop")), seat);
    }

    private void assertRefused(String constraint, Consumer<Tx> forging) {
        assertThat(books.attempt(forging)).contains(constraint);
        books.assertRight();
    }

    private void assertRefused(String constraint, String sql) {
        assertRefused(
                constraint,
                tx -> tx.change(sql.replace("HOST", "'" + host + "'::uuid")
                        .replace("FREE", "'" + free + "'::uuid")
                        .replace("RESERVATION", "'" + reservation + "'::uuid")));
    }

    @Test
    void morePlacesThanAreWanted() {
        add(1);
        assertRefused("places_as_wanted", tx -> ReservationLedger.add(tx, List.of(fresh(1))));
        assertRefused("places_as_wanted", "update compute.reservation set wanted = 1");
        assertRefused("places_follow_rows", "update compute.reservation set places = 0");
    }

    @Test
    void moreRoomThanThereIs() {
        assertRefused("not_oversold", tx -> ReservationLedger.add(tx, List.of(fresh(7))));
        assertRefused("not_oversold", tx -> Ledger.allocate(tx, List.of(Books.place(host, "threads@0", 7))));
    }

    @Test
    void placesWithoutClaimsAndClaimsWithoutPlaces() {
        assertRefused("place_has_claims", """
                insert into compute.reserved (place, reservation, server, overcommitted, seated, kept_for)
                select gen_random_uuid(), reservation, server, overcommitted, seated, kept_for from compute.reserved
                """);
        assertRefused("place_has_claims", "delete from compute.claim");
        assertRefused("claim_of_a_place", "delete from compute.reserved");
        assertRefused("claim_of_a_place", "delete from compute.reservation");
        assertRefused(
                "reserved_server_overcommitted_fkey",
                "update compute.host set overcommitted = true where server = HOST");
    }

    @Test
    void aUserWithoutAPlace() {
        assertRefused(
                "user_has_a_place",
                tx -> ReservationLedger.takeOver(
                        tx, List.of(new ReservationLedger.TakenOver(free, Chance.SECURE.uuid()))));
        assertThat(books.count("select count(*) as n from compute.reserved where server is not null"))
                .isEqualTo(1);
    }

    @Test
    void aPlaceThatIsHandedOnAndAUserOfTwo() {
        var user = takenOver(free);
        assertRefused("reserved_is_taken_once", "update compute.reserved set user_instance = gen_random_uuid()");
        assertRefused("free_or_used", "update compute.reserved set user_instance = null");
        var second = add(1).getFirst();
        assertRefused(
                "reserved_user_instance_key",
                tx -> ReservationLedger.takeOver(
                        tx, List.of(new ReservationLedger.TakenOver(second, user.instance()))));
    }

    /** Places that are full are taken over nevertheless: the room of one is let go before the other has it. */
    private Ledger.NewAllocation takenOver(UUID place) {
        var user = Books.place(host, "threads@0", 4);
        assertThat(books.attempt(tx -> {
                    ReservationLedger.takeOver(tx, List.of(new ReservationLedger.TakenOver(place, user.instance())));
                    Ledger.allocate(tx, List.of(user));
                }))
                .isEmpty();
        return user;
    }

    @Test
    void whoGoesUsesNoPlaceAnyMore() {
        var user = takenOver(free);
        assertThat(books.attempt(tx -> Ledger.free(tx, List.of(user.instance()))))
                .isEmpty();
        assertThat(books.count("select count(*) as n from compute.reserved")).isZero();
        assertThat(books.count("select places as n from compute.reservation")).isZero();
        books.assertRight();
    }

    @Test
    void theQuotaHoldsForPlacesToo() {
        assertThat(books.attempt(tx -> QuotaLedger.follow(tx, Map.of("shop", Map.of(Quota.INSTANCES, 1L)))))
                .isEmpty();
        assertRefused("within_quota", tx -> ReservationLedger.add(tx, List.of(fresh(1))));
        takenOver(free);
        assertThat(books.count("select used as n from compute.usage where resource = 'instances'"))
                .isEqualTo(1);
    }

    /** Eight at once want the one place, and each would fit only there. */
    @Test
    void noRaceTakesAPlaceTwice() throws Exception {
        assertThat(books.attempt(tx -> Ledger.allocate(tx, List.of(Books.place(host, "threads@0", 6)))))
                .isEmpty();
        var won = Together.run(8, _ -> {
            var user = Books.place(new Place(host, List.of(new Take(Slot.threads(0), 4))));
            return books.attempt(tx -> {
                ReservationLedger.takeOver(tx, List.of(new ReservationLedger.TakenOver(free, user.instance())));
                Ledger.allocate(tx, List.of(user));
            });
        });
        assertThat(won.stream().filter(String::isEmpty)).hasSize(1);
        assertThat(books.count("select count(*) as n from compute.reserved where user_instance is not null"))
                .isEqualTo(1);
        books.assertRight();
        assertThat(books.deadlocks()).isZero();
    }
}
