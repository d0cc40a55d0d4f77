package regie.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import regie.lab.clients.Users;

/**
 * Goal: with two servers on a database with a standby, nothing acknowledged is lost and work goes on by itself, whether a server is
 * killed in the middle of writes or the primary of the database is.
 * Method: real processes; {@code kill -9} of a server, and then of the primary, in the middle of what ten users do, who hold each
 * answer, list and event against what they know. How long work stood still is printed, and bounded only against standing still for
 * good.
 */
class SeveralServersTest {
    private static final int MEMBERS = 12;
    private static final int OPERATIONS = 60;
    private static final long SEED = Long.getLong("regie.chaos.seed", 20_261_120);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Random chance = new Random(SEED);
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

            var users = new Users(
                    List.of(address(one), address(two)),
                    Files.readString(folder.resolve("one/operator.token")).strip(),
                    SEED);
            users.prepare();
            loseServer(users, one, two);
            losePrimary(users, postgres, two);
        } finally {
            for (int at = parts.size() - 1; at >= 0; at--) parts.get(at).close();
        }
    }

    /** A fleet was wanted of the server that dies; the other one starts it, on hosts that attended at either. */
    private void loseServer(Users users, Server one, Server two) throws Exception {
        strike(users, "a server", () -> {
            fleet(one, "before", MEMBERS).orFail("a fleet");
            one.process().close();
            return true;
        });
        awaitRunning(two, "before");
        fleet(two, "after", MEMBERS).orFail("another fleet");
        awaitRunning(two, "after");
        Regie.awaitHosts(two.rest());
        assertThat(silences("two"))
                .as("no host was called silent, for each went to the other server")
                .isEmpty();
    }

    private void losePrimary(Users users, ReplicatedPostgres postgres, Server server) throws Exception {
        strike(users, "the primary", () -> {
            postgres.losePrimary();
            return true;
        });
        Regie.await("another fleet is taken", () -> fleetOrNone(server));
        awaitRunning(server, "promoted");
    }

    /** In the middle of what the users do; they find nothing wrong, at once or afterwards. */
    private static void strike(Users users, String what, Callable<?> blow) throws Exception {
        var report = users.run(OPERATIONS, blow);
        assertThat(report.findings()).isEmpty();
        System.out.printf(
                "without %s: of %d operations of ten users %d got no answer; of the others the longest took %.1f s%n",
                what,
                report.operations(),
                report.unanswered(),
                report.millis().stream().mapToDouble(Double::doubleValue).max().orElse(0) / 1_000);
    }

    private boolean fleetOrNone(Server server) throws InterruptedException {
        try {
            return fleet(server, "promoted", 2).good();
        } catch (Rest.NoAnswer notYet) {
            return false;
        }
    }

    private record Server(Child process, Rest rest, int api, int agents) {}

    private static InetSocketAddress address(Server server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.api());
    }

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
                process,
                part(new Rest("http://127.0.0.1:" + api, folder.resolve(name + "/operator.token"))),
                api,
                agents);
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

    private List<String> silences(String server) throws Exception {
        return Files.readString(folder.resolve(server + ".log"))
                .lines()
                .filter(line -> line.contains("was not heard for"))
                .collect(Collectors.toList());
    }
}
