package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.WorkQueue.Item;
import regie.testing.TestDatabase;
import regie.testing.Together;

class WorkQueueTest {
    private static final String KIND = "Reader";
    private static final Duration LONG = Duration.ofMinutes(10);

    private final WorkQueue one = new WorkQueue("one");
    private final WorkQueue other = new WorkQueue("other");
    private TestDatabase source;
    private Library library;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) TestDatabase source) {
        this.source = source;
        library = new Library(source.dataSource());
    }

    private UUID add() {
        var object = library.chance.uuid();
        add(List.of(object));
        return object;
    }

    private void add(Collection<UUID> objects) {
        library.database.change(Library.TESTER, tx -> WorkQueue.add(tx, KIND, objects));
    }

    private List<Item> take(WorkQueue queue, int most, Duration lease) {
        return library.database.transact(Library.TESTER, tx -> queue.take(tx, KIND, most, lease));
    }

    private List<Item> take(WorkQueue queue) {
        return take(queue, 100, LONG);
    }

    private void complete(WorkQueue queue, List<Item> items) {
        library.database.change(Library.TESTER, tx -> queue.complete(tx, KIND, items));
    }

    private void postpone(WorkQueue queue, List<Item> items, Duration delay) {
        library.database.change(Library.TESTER, tx -> queue.postpone(tx, KIND, items, delay));
    }

    private void hurry() {
        library.database.change(Library.TESTER, tx -> WorkQueue.hurry(tx, KIND));
    }

    private long left() {
        return library.count("select count(*) as n from kernel.work");
    }

    @Test
    void aKindIsDueWhileSomethingOfItWaitsThatNobodyHasTaken() {
        add();
        assertThat(due()).containsExactly(KIND);

        var taken = take(one);
        assertThat(due()).isEmpty();

        postpone(one, taken, Duration.ZERO);
        assertThat(due()).containsExactly(KIND);

        postpone(one, take(one), LONG);
        assertThat(due()).isEmpty();
    }

    private Collection<String> due() {
        return library.database.read(tx -> WorkQueue.due(tx, List.of("Book", KIND)));
    }

    @Test
    void whatIsTakenIsNobodyElsesUntilItsLeaseEnds() {
        var object = add();
        assertThat(take(one, 100, Duration.ofMillis(200))).containsExactly(new Item(object, 1, 1));
        assertThat(take(one)).isEmpty();
        var again = new ArrayList<Item>();
        Together.until("the lease has ended", () -> again.addAll(take(other)));
        assertThat(again).containsExactly(new Item(object, 1, 2));
    }

    @Test
    void leaseThatEndedCompletesNothing() {
        add();
        var mine = take(one, 100, Duration.ZERO);
        var others = new ArrayList<Item>();
        Together.until("the lease has ended", () -> others.addAll(take(other)));
        complete(one, mine);
        assertThat(left()).isEqualTo(1);
        complete(other, others);
        assertThat(left()).isZero();
    }

    @Test
    void addingTwiceIsAddingOnce() {
        var object = add();
        add(List.of(object, object));
        assertThat(take(one)).containsExactly(new Item(object, 2, 1));
    }

    @Test
    void whatIsAddedAgainWhileTakenIsDueAgain() {
        var object = add();
        var items = take(one);
        add(List.of(object));
        assertThat(take(other)).as("still leased").isEmpty();
        complete(one, items);
        assertThat(take(other)).containsExactly(new Item(object, 2, 1));
    }

    @Test
    void whatIsPostponedComesLaterAndCountsItsTries() {
        var object = add();
        postpone(one, take(one), Duration.ofMillis(100));
        assertThat(library.count(
                        "select count(*) as n from kernel.work where due_at > clock_timestamp() - interval '1 hour'"))
                .isEqualTo(1);
        var again = new ArrayList<Item>();
        Together.until("it is due again", () -> again.addAll(take(other)));
        assertThat(again).containsExactly(new Item(object, 1, 2));
    }

    @Test
    void whatIsAddedAgainIsNotPostponed() {
        var object = add();
        var items = take(one);
        add(List.of(object));
        postpone(one, items, LONG);
        assertThat(take(other)).containsExactly(new Item(object, 2, 1));
    }

    @Test
    void hurryMakesDueWhatWaits() {
        var object = add();
        postpone(one, take(one), LONG);
        assertThat(take(one)).isEmpty();
        hurry();
        assertThat(take(one)).containsExactly(new Item(object, 1, 1));
    }

    /** Who has it in hand may have looked before the change that the others are hurried for. */
    @Test
    void hurryReachesWhatIsTaken() {
        var object = add();
        var items = take(one);
        hurry();
        postpone(one, items, LONG);
        assertThat(take(other)).extracting(Item::object).containsExactly(object);
    }

    @Test
    void hurryKeepsNothingThatIsDone() {
        add();
        var items = take(one);
        hurry();
        complete(one, items);
        assertThat(left()).isZero();
    }

    @Test
    void neverMoreThanAskedForAndTheOldestFirst() {
        var objects = new ArrayList<UUID>();
        for (int at = 0; at < 30; at++) objects.add(add());
        var taken = new ArrayList<UUID>();
        for (int at = 0; at < 6; at++) {
            var some = take(one, 5, LONG).stream().map(Item::object).toList();
            assertThat(some).hasSize(5);
            taken.addAll(some);
        }
        assertThat(taken).hasSameElementsAs(objects);
        assertThat(taken.subList(0, 5)).hasSameElementsAs(objects.subList(0, 5));
    }

    @Test
    void workersTakeEachItemExactlyOnce() {
        var objects = new ArrayList<UUID>();
        for (int at = 0; at < 500; at++) objects.add(library.chance.uuid());
        add(objects);
        var taken = Together.run(8, at -> {
            var queue = new WorkQueue("worker-" + at);
            var mine = new ArrayList<UUID>();
            while (true) {
                var items = take(queue, 7, LONG);
                if (items.isEmpty()) return mine;
                for (var item : items) mine.add(item.object());
                complete(queue, items);
            }
        });
        assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(objects);
        assertThat(left()).isZero();
    }

    /** Adders, takers and those who hurry meet on the same items; none may wait in a circle, and nothing added is lost. */
    @Test
    void nothingAddedIsLostAndNobodyWaitsInACircle() throws Exception {
        var objects = new ArrayList<UUID>();
        for (int at = 0; at < 60; at++) objects.add(library.chance.uuid());
        var looked = new AtomicInteger();
        Together.run(9, at -> {
            var random = new Random(at);
            for (int round = 0; round < 40; round++) {
                switch (at % 3) {
                    case 0 -> {
                        var some = new ArrayList<>(objects);
                        Collections.shuffle(some, random);
                        add(some.subList(0, 30));
                    }
                    case 1 -> {
                        var queue = new WorkQueue("worker-" + at);
                        var items = new ArrayList<>(take(queue, 20, LONG));
                        Collections.shuffle(items, random);
                        if (random.nextBoolean()) complete(queue, items);
                        else postpone(queue, items, Duration.ofMillis(random.nextInt(5)));
                        looked.addAndGet(items.size());
                    }
                    default -> hurry();
                }
            }
            return true;
        });
        add(objects);
        var last = new ArrayList<Item>();
        Together.until("all are taken a last time", () -> {
            last.addAll(take(one));
            return last.size() == objects.size();
        });
        assertThat(last).extracting(Item::object).containsExactlyInAnyOrderElementsOf(objects);
        assertThat(looked.get()).isPositive();
        assertThat(source.deadlocks()).isZero();
    }
}
