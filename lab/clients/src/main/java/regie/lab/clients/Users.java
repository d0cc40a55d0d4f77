package regie.lab.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten users at once, with tokens of different roles, who do what chance tells them and know by their own arithmetic what has to be
 * answered, listed and logged. What each has for itself is known exactly, but for what got no answer; what all count up together
 * must lose no count; and the chain of the audit trail must hold.
 */
public final class Users {
    private static final int COUNT = 10;
    static final int PROJECTS = 3;
    /** Whose name what all share has, so that it is on nobody's list. */
    static final int NOBODY = COUNT;

    static final String SHARED_PROJECT = "users-0";
    static final String SHARED = "/v1/projects/" + SHARED_PROJECT + "/keypairs/shared";
    private static final long SEEN_SECONDS_MAX = 60;

    private final List<InetSocketAddress> rooms;
    private final String operator;
    private final long seed;
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());
    private final List<User> users = new ArrayList<>();
    private final AtomicLong counted = new AtomicLong();
    private final AtomicLong countedPerhaps = new AtomicLong();
    private volatile long betweenNanos;

    /** @param rooms the servers of one room */
    public Users(List<InetSocketAddress> rooms, String operatorToken, long seed) {
        this.rooms = List.copyOf(rooms);
        this.operator = operatorToken;
        this.seed = seed;
    }

    /**
     * What came of it.
     *
     * @param unanswered operations of which nobody knows whether they were done
     * @param millis how long each operation took that was answered
     * @param findings where an answer, a list or the log was another than it had to be
     */
    public record Report(int operations, int unanswered, List<Double> millis, List<String> findings) {
        public Report {
            millis = List.copyOf(millis);
            findings = List.copyOf(findings);
        }
    }

    /** Makes projects, tokens, and what all share. Once for a room. */
    public void prepare() throws IOException {
        try (var client = new Client(rooms, 0, operator)) {
            for (int project = 0; project < PROJECTS; project++)
                client.mustDo("PUT", "/v1/projects/users-" + project, "{\"spec\":{}}");
            client.mustDo("PUT", SHARED, Thing.content(NOBODY, 0));
            for (int number = 0; number < COUNT; number++) {
                var role = role(number);
                var project = "users-" + number % PROJECTS;
                var ofProject = role == User.Role.MEMBER ? ",\"project\":\"%s\"".formatted(project) : "";
                var made = client.mustDo(
                        "POST",
                        "/v1/tokens",
                        "{\"name\":\"user-%d\",\"role\":\"%s\"%s}".formatted(number, role.word(), ofProject));
                var token = User.json(made).path("secret").asString();
                users.add(new User(number, role, project, token, new SplittableRandom(seed * 31 + number), this));
            }
        }
    }

    private static User.Role role(int number) {
        return switch (number) {
            case 0, 1 -> User.Role.OPERATOR;
            case 2 -> User.Role.AUDITOR;
            default -> User.Role.MEMBER;
        };
    }

    /** From now on each user begins an operation this often, or as soon as it has an answer where that takes longer. */
    public void pace(Duration between) {
        betweenNanos = between.toNanos();
    }

    /**
     * @param each operations of each user
     * @param midway is done once, when half of all is done
     */
    public Report run(int each, Callable<?> midway) throws IOException, InterruptedException {
        var done = new AtomicInteger();
        var jobs = new ArrayList<Callable<Boolean>>();
        for (var user : users) {
            jobs.add(() -> {
                work(user, each, () -> {
                    if (done.incrementAndGet() == each * COUNT / 2) midway.call();
                    return true;
                });
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(COUNT)) {
            for (var job : threads.invokeAll(jobs)) job.get();
        } catch (ExecutionException e) {
            throw new IOException("the users' run of seed %d broke: %s".formatted(seed, e.getCause()), e.getCause());
        }
        checkCount();
        var millis = users.stream().flatMap(user -> user.takeMillis().stream()).toList();
        int unanswered = users.stream().mapToInt(User::takeUnanswered).sum();
        return new Report(each * COUNT, unanswered, millis, findings);
    }

    private void work(User user, int each, Callable<?> afterEach) throws Exception {
        try (var client = new Client(rooms, user.number(), user.token())) {
            if (!user.writes()) {
                repeat(user, client, each, afterEach);
                return;
            }
            var position = User.json(client.read(user.list())).path("position").asString();
            try (var follower =
                    new Follower(rooms, user.number(), user.token(), user.project(), user.prefix(), position)) {
                repeat(user, client, each, afterEach);
                var last = user.prefix() + "last";
                var thing = user.settle(client, last);
                if (!follower.await(last, thing, SEEN_SECONDS_MAX))
                    user.find("the watch did not show %s of %s in %d s".formatted(thing, last, SEEN_SECONDS_MAX));
                for (var name : user.account().names()) user.account().checkLog(name, follower.of(name));
            }
        }
    }

    private void repeat(User user, Client client, int each, Callable<?> afterEach) throws Exception {
        for (int at = 0; at < each; at++) {
            long begun = Ticks.nanos();
            user.act(client);
            afterEach.call();
            LockSupport.parkNanos(begun + betweenNanos - Ticks.nanos());
        }
    }

    /** Each count that was acknowledged is in the sum; one that got no answer may be. */
    private void checkCount() throws IOException {
        try (var client = new Client(rooms, 0, operator)) {
            long sum = Thing.of(User.json(client.read(SHARED))).value();
            long least = counted.get();
            long most = least + countedPerhaps.get();
            if (sum < least || sum > most)
                find("all counted to %d, and %d to %d is what was answered".formatted(sum, least, most));
            var seals = client.surely("GET", "/v1/audit/seals", "", Map.of());
            if (seals.status() != Move.DONE || User.json(seals).has("broken"))
                find("the audit trail does not hold: " + seals.body());
        }
    }

    void counted(boolean surely) {
        (surely ? counted : countedPerhaps).incrementAndGet();
    }

    void find(String wrong) {
        findings.add("seed %d: %s".formatted(seed, wrong));
    }
}
