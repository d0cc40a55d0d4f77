package regie.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: with two servers on a database with a standby, nothing acknowledged is lost and work goes on by itself, whether a server is
 * killed in the middle of writes or the primary of the database is.
 * Method: real processes; {@code kill -9} of both, one after the other, while clients write through either server. How long work
 * stood still is printed, and bounded only against standing still for good.
 */
class SeveralServersTest {
    private static final int WRITERS = 4;
    private static final int MEMBERS = 12;
    private static final long SECONDS_MAX = 60;
    private static final long SEED = Long.getLong("regie.chaos.seed", 20_261_120);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Random chance = new Random(SEED);
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final List<AutoCloseable> parts = new ArrayList<>();

    @Test
    void whicheverIsKilledNothingAcknowledgedIsLostAndWorkGoesOn() throws Exception {
        System.out.printf("regie.chaos.seed=%d in %s%n", SEED, folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            var postgres = part(ReplicatedPostgres.start(folder, chance));
            var one = server("one", postgres);
            Files.createDirectories(folder.resolve("two"));
            for (var shared : List.of("master.key", "operator.token"))
                Files.copy(
                        folder.resolve("one").resolve(shared),
                        folder.resolve("two").resolve(shared));
            var two = server("two", postgres);
            Regie.declare(one.rest());
            var doors = "127.0.0.1:%d,127.0.0.1:%d".formatted(one.agents(), two.agents());
            for (var site : Regie.SITES) part(Regie.join(folder, one.rest(), site, doors));
            Regie.awaitHosts(two.rest());
            two.rest().send("PUT", "/v1/projects/shop", "{\"spec\":{}}").orFail("a project");

            loseServer(one, two);
            losePrimary(postgres, two);
        } finally {
            for (int at = parts.size() - 1; at >= 0; at--) parts.get(at).close();
        }
    }

    /** A fleet was wanted of the server that dies; the other one starts it, on hosts that attended at either. */
    private void loseServer(Server one, Server two) throws Exception {
        long lost = whileWriting(List.of(one, two), () -> {
            fleet(one, "before", MEMBERS).orFail("a fleet");
            one.process().close();
        });
        awaitRunning(two, "before");
        System.out.printf("the fleet of the server that was killed ran %.1f s after it%n", seconds(lost));
        assertKept(two);
        fleet(two, "after", MEMBERS).orFail("another fleet");
        awaitRunning(two, "after");
        Regie.awaitHosts(two.rest());
        assertThat(silences("two"))
                .as("no host was called silent, for each went to the other server")
                .isEmpty();
    }

    private void losePrimary(ReplicatedPostgres postgres, Server server) throws Exception {
        long lost = whileWriting(List.of(server), postgres::losePrimary);
        awaitAcknowledged(1);
        System.out.printf("the first write was acknowledged %.1f s after the standby was promoted%n", seconds(lost));
        stopWriting();
        assertKept(server);
        Regie.await("another fleet is taken", () -> fleetOrNone(server));
        awaitRunning(server, "promoted");
    }

    private boolean fleetOrNone(Server server) throws InterruptedException {
        try {
            return fleet(server, "promoted", 2).good();
        } catch (Rest.NoAnswer notYet) {
            return false;
        }
    }

    private record Server(Child process, Rest rest, int agents) {}

    private Server server(String name, ReplicatedPostgres postgres) throws Exception {
        int api = Regie.freePort(chance);
        int agents = Regie.freePort(chance);
        var password = Files.writeString(folder.resolve("password"), postgres.password());
        var settings = Files.writeString(folder.resolve(name + ".yaml"), """
                data: "%s"
                database: {url: "%s", user: "%s", passwordFile: "%s"}
                api: {listen: "127.0.0.1:%d"}
                agents: {listen: "127.0.0.1:%d"}
                images: {inDatabase: true}
                """.formatted(
                        folder.resolve(name), postgres.url(), postgres.user(), password, api, agents));
        var log = folder.resolve(name + ".log");
        var process = part(new Child("regie.server.Main", List.of("--config", settings.toString()), log));
        Regie.await(name + " is ready", () -> {
            if (!process.isAlive()) throw new AssertionError(name + " ended: " + Files.readString(log));
            return Files.readString(log).contains("ready ");
        });
        return new Server(
                process, part(new Rest("http://127.0.0.1:" + api, folder.resolve(name + "/operator.token"))), agents);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.add(part);
        return part;
    }

    private static Rest.Answer fleet(Server server, String name, int count) throws Rest.NoAnswer, InterruptedException {
        return server.rest()
                .send(
                        "PUT",
                        "/v1/projects/shop/fleets/" + name,
                        "{\"spec\":{\"count\":%d,\"template\":{\"flavor\":\"small\",\"image\":\"tiny\"}}}"
                                .formatted(count));
    }

    private static void awaitRunning(Server server, String fleet) throws Exception {
        Regie.await("fleet " + fleet + " runs", () -> {
            var status = server.rest().read("/v1/projects/shop/fleets/" + fleet).orFail("the fleet");
            return status.at("/status/running").asInt()
                    == status.at("/spec/count").asInt();
        });
    }

    private interface Blow {
        void strike() throws Exception;
    }

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Future<?>> writing = new ArrayList<>();

    /** @return when it was struck, in nanos; writers go on until they are stopped */
    private long whileWriting(List<Server> servers, Blow blow) throws Exception {
        over.set(false);
        var threads = part(Executors.newFixedThreadPool(WRITERS));
        for (int writer = 0; writer < WRITERS; writer++) {
            var server = servers.get(writer % servers.size());
            var stem = "w%d-%d-".formatted(parts.size(), writer);
            writing.add(threads.submit(() -> write(server, servers.getLast(), stem)));
        }
        awaitAcknowledged(20 + chance.nextInt(40)); // the moment of death
        blow.strike();
        acknowledgements.drainPermits();
        long struck = System.nanoTime();
        if (servers.size() > 1) stopWriting();
        return struck;
    }

    private void stopWriting() throws Exception {
        over.set(true);
        for (var each : writing) each.get();
        writing.clear();
    }

    private boolean write(Server first, Server other, String stem) throws InterruptedException {
        var server = first;
        for (int at = 1; !over.get(); at++) {
            try {
                var answer = server.rest().send("PUT", "/v1/projects/" + stem + at, "{\"spec\":{}}");
                if (answer.status() == 201 && acknowledged.add(stem + at)) acknowledgements.release();
            } catch (Rest.NoAnswer lost) {
                server = other; // what was not acknowledged may be there or not
            }
        }
        return true;
    }

    private void awaitAcknowledged(int count) throws InterruptedException {
        assertThat(acknowledgements.tryAcquire(count, SECONDS_MAX, TimeUnit.SECONDS))
                .as("%d more writes are acknowledged", count)
                .isTrue();
    }

    private void assertKept(Server server) throws InterruptedException {
        var names = new ArrayList<String>();
        var after = "";
        do {
            var page = server.rest().read("/v1/projects?limit=1000" + after).orFail("the projects");
            page.path("items")
                    .valueStream()
                    .forEach(item -> names.add(item.path("name").asString()));
            after = page.path("next").isMissingNode()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());
        assertThat(names).as("nothing acknowledged is lost").containsAll(acknowledged);
    }

    private List<String> silences(String server) throws Exception {
        return Files.readString(folder.resolve(server + ".log"))
                .lines()
                .filter(line -> line.contains("was not heard for"))
                .collect(Collectors.toList());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
