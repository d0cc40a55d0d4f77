package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/**
 * Goal: servers of the room that are killed while they deliver lose no change, send none of a resource behind a newer one, and send
 * only what was under way a second time. Method: two servers on one database, writers, a receiver that now and then fails and keeps
 * all it gets, and kill -9 at moments that one seed draws: first one of two, then both.
 */
class KilledWebhookTest {
    private static final int WRITERS = 3;
    private static final int RESOURCES_EACH = 4;
    /** Attempts under way at once to one webhook from one server. */
    private static final int UNDER_WAY = 8;

    private static final long SEED = 20_261_121;

    private final Random chance = new Random(SEED);
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> declined = ConcurrentHashMap.newKeySet();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Semaphore acknowledgements = new Semaphore(0);

    private static Path config(TestDatabase database, Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("password"), database.password());
        return Files.writeString(folder.resolve("config.yaml"), """
                data: %s
                database: {url: "%s", user: "%s", passwordFile: "%s", connections: 8}
                api: {listen: "127.0.0.1:0"}
                agents: {listen: "127.0.0.1:0"}
                webhooks: {allowedNetworks: [127.0.0.0/8], plainHttp: true}
                """.formatted(
                        folder.resolve("data"), database.jdbcUrl(), database.user(), password));
    }

    @Test
    void nothingIsLostAndNothingComesBehindANewerOne(@Database TestDatabase database, @TempDir Path folder)
            throws Exception {
        var one = config(database, Files.createDirectory(folder.resolve("one")));
        var two = config(database, Files.createDirectory(folder.resolve("two")));
        try (var receiver = new HookReceiver()) {
            receiver.answer = this::moody;
            var first = RoomProcess.start(one);
            var token = TestRoom.operatorToken(folder.resolve("one/data"));
            Files.createDirectories(folder.resolve("two/data"));
            Files.copy(
                    folder.resolve("one/data/master.key"),
                    folder.resolve("two/data/master.key"),
                    StandardCopyOption.COPY_ATTRIBUTES);
            var second = RoomProcess.start(two);
            declare(Asking.of(second.url(), token), receiver);

            writeAndThen(Asking.of(second.url(), token), 40, first::kill);
            Together.until("the other server goes on by itself", () -> missing().isEmpty());

            writeAndThen(Asking.of(second.url(), token), 30, second::kill);
            var third = RoomProcess.start(one);
            Together.until("the next start goes on", () -> missing().isEmpty());
            third.kill();

            assertThat(acknowledged).hasSize(WRITERS * RESOURCES_EACH);
            assertOneIdIsOneChange(receiver);
            assertInOrder(receiver);
            long again = receiver.got.size()
                    - receiver.got.stream().map(HookReceiver.Got::id).distinct().count();
            assertThat(again - declined.size())
                    .as("sent again, though it was taken")
                    .isBetween(0L, 3L * UNDER_WAY);
        }
    }

    /** Declines some changes once, by their id alone. */
    private int moody(HookReceiver.Got got) {
        LockSupport.parkNanos(5_000_000);
        if (got.id().hashCode() % 10 == 0 && declined.add(got.id())) return 503;
        taken.add(change(got.name(), got.data().path("generation").asLong()));
        return 200;
    }

    private static String change(String name, long generation) {
        return name + " " + generation;
    }

    private static void declare(Asking operator, HookReceiver receiver) {
        operator.put("/v1/projects/shop", "{\"spec\":{}}");
        var spec = "{\"spec\":{\"url\":\"%s\",\"kinds\":[\"Keypair\"]}}".formatted(receiver.url("/"));
        assertThat(operator.put("/v1/projects/shop/webhooks/hook", spec).status())
                .isEqualTo(201);
        assertThat(operator.post("/v1/projects/shop/webhooks/hook/secrets", "{}")
                        .status())
                .isEqualTo(201);
    }

    private interface Deed {
        void run() throws InterruptedException;
    }

    /** Writers go on until {@code deed} is done, which is after so many acknowledgements. */
    private void writeAndThen(Asking operator, int after, Deed deed) throws InterruptedException {
        var over = new AtomicBoolean();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.execute(() -> write(operator, number, over));
            }
            acknowledgements.acquire(after + chance.nextInt(20));
            deed.run();
            over.set(true);
        }
    }

    private void write(Asking operator, int writer, AtomicBoolean over) {
        for (int at = 0; !over.get(); at++) {
            var name = "w%d-%d".formatted(writer, at % RESOURCES_EACH);
            var body = "{\"labels\":{\"at\":\"%d\"},\"spec\":{\"publicKey\":\"%s\"}}".formatted(at, Samples.PUBLIC_KEY);
            try {
                var answer = operator.put("/v1/projects/shop/keypairs/" + name, body);
                if (answer.status() >= 300) continue;
                acknowledged.merge(name, answer.json().path("generation").asLong(), Math::max);
                acknowledgements.release();
            } catch (UncheckedIOException e) {
                return; // killed: what was not acknowledged may be there or not
            }
        }
    }

    /** Acknowledged changes that the receiver has not taken; each generation of a resource is one. */
    private Set<String> missing() {
        return acknowledged.entrySet().stream()
                .flatMap(entry -> LongStream.rangeClosed(1, entry.getValue())
                        .mapToObj(generation -> change(entry.getKey(), generation)))
                .filter(change -> !taken.contains(change))
                .collect(Collectors.toSet());
    }

    private static void assertOneIdIsOneChange(HookReceiver receiver) {
        var bodies = new HashMap<String, String>();
        for (var got : receiver.got) {
            assertThat(bodies.computeIfAbsent(got.id(), _ -> got.body())).isEqualTo(got.body());
        }
        assertThat(bodies.values()).doesNotHaveDuplicates();
    }

    private static void assertInOrder(HookReceiver receiver) {
        var newest = new HashMap<String, Long>();
        for (var got : receiver.got) {
            long before = newest.getOrDefault(got.name(), 0L);
            assertThat(got.revision()).as(got.name()).isGreaterThanOrEqualTo(before);
            newest.put(got.name(), got.revision());
        }
    }
}
