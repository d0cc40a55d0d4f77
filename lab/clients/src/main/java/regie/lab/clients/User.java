package regie.lab.clients;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** One user, who does what chance tells it and holds each answer against what it knows of its own names. */
final class User {
    private static final int NAMES = 6;

    enum Role {
        OPERATOR,
        AUDITOR,
        MEMBER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final int number;
    private final Role role;
    private final String project;
    private final String token;
    private final RandomGenerator chance;
    private final Users all;
    private final Account account;
    private final Moves moves;
    private final Together together;
    private final List<Double> millis = new ArrayList<>();
    private int unanswered;
    private long keys;

    User(int number, Role role, String project, String token, RandomGenerator chance, Users all) {
        this.number = number;
        this.role = role;
        this.project = project;
        this.token = token;
        this.chance = chance;
        this.all = all;
        this.account = new Account(this::find);
        this.moves = new Moves(chance, account);
        this.together = new Together(this, account, moves);
    }

    int number() {
        return number;
    }

    String token() {
        return token;
    }

    String project() {
        return project;
    }

    boolean writes() {
        return role != Role.AUDITOR;
    }

    Account account() {
        return account;
    }

    RandomGenerator chance() {
        return chance;
    }

    /** Does one thing. */
    void act(Client client) throws IOException {
        long begun = Ticks.nanos();
        int before = unanswered;
        if (writes()) write(client);
        else onlyLook(client);
        if (unanswered == before) millis.add((Ticks.nanos() - begun) / 1e6);
    }

    private void write(Client client) throws IOException {
        switch (chance.nextInt(12)) {
            case 0 -> overstep(client);
            case 1 -> count(client);
            case 2 -> look(client, name());
            case 3 -> together.list(client);
            case 4 -> together.apply(client);
            case 5 -> together.batch(client);
            default -> alone(client);
        }
    }

    List<Double> takeMillis() {
        var taken = List.copyOf(millis);
        millis.clear();
        return taken;
    }

    int takeUnanswered() {
        int taken = unanswered;
        unanswered = 0;
        return taken;
    }

    String prefix() {
        return "u%d-".formatted(number);
    }

    String name() {
        return prefix() + chance.nextInt(NAMES);
    }

    String list() {
        return "/v1/projects/%s/keypairs".formatted(project);
    }

    private String path(String name) {
        return list() + "/" + name;
    }

    /** Random, so that a second run on the same room has others. */
    String key() {
        return "u%d-%d-%x".formatted(number, ++keys, chance.nextLong());
    }

    private void alone(Client client) throws IOException {
        var name = name();
        var move = moves.any(name);
        if (chance.nextBoolean()) once(client, name, move);
        else maybe(client, name, move);
    }

    /** Without a key: where no answer comes, nobody knows whether it was done. */
    private void maybe(Client client, String name, Move move) throws IOException {
        var answer = client.ask(move.method(), path(name), move.body(number), move.headers());
        if (answer.isPresent()) answered(name, move, answer.get());
        else unanswered(client, Map.of(name, move));
    }

    /**
     * Writes over what may or may not be done: a commit that was still under way when its server died is over then, for it held the
     * rows, and can't appear behind a later look.
     */
    void unanswered(Client client, Map<String, ? extends Move> lost) throws IOException {
        unanswered++;
        lost.forEach(account::unanswered);
        for (var name : lost.keySet()) once(client, name, moves.put());
    }

    /** Under a key: it is done once, however often it is asked for. */
    private void once(Client client, String name, Move move) throws IOException {
        var key = key();
        var answer = client.once(key, move.method(), path(name), move.body(number), move.headers());
        answered(name, move, answer);
        if (answer.status() / 100 != 2 || chance.nextInt(4) != 0) return;
        var again = client.once(key, move.method(), path(name), move.body(number), move.headers());
        if (again.status() != answer.status() || !again.body().equals(answer.body()))
            find("%s of %s was answered with %s, and again with %s".formatted(move, name, answer, again));
        if (!again.header("idempotency-replayed").equals("true"))
            find("the answer of %s is no repetition".formatted(key));
        var other = client.once(key, "PUT", path(name), Thing.content(number, 0), Map.of());
        expect("another request under the same key", Optional.of(other), Set.of(422));
    }

    private void answered(String name, Move move, Wire.Answer answer) {
        account.answered(name, move, answer.status(), shown(answer));
    }

    private static Optional<Thing> shown(Wire.Answer answer) {
        boolean shows = answer.status() == Move.DONE || answer.status() == Move.CREATED;
        return shows ? Optional.of(Thing.of(json(answer))) : Optional.empty();
    }

    static JsonNode json(Wire.Answer answer) {
        return Inventor.JSON.readTree(answer.body());
    }

    private void look(Client client, String name) throws IOException {
        var answer = client.read(path(name));
        expect("look", Optional.of(answer), Set.of(Move.DONE, Move.NOT_FOUND));
        account.saw(name, shown(answer));
    }

    /** Looks at all that it has, and writes one last time. */
    Thing settle(Client client, String last) throws IOException {
        for (var name : account.names()) look(client, name);
        once(client, last, moves.put());
        look(client, last);
        return account.may(last)
                .iterator()
                .next()
                .orElseThrow(() -> new IOException(last + " was put and is not there"));
    }

    /** Counts what all share up by one, if nobody else did since it looked. */
    private void count(Client client) throws IOException {
        if (role == Role.MEMBER && !project.equals(Users.SHARED_PROJECT)) {
            refused("another's", client.ask("PUT", Users.SHARED, Thing.content(Users.NOBODY, 0), Map.of()));
            return;
        }
        var seen = client.read(Users.SHARED);
        var next = Thing.content(Users.NOBODY, Thing.of(json(seen)).value() + 1);
        var answer = client.ask("PUT", Users.SHARED, next, Map.of("If-Match", seen.header("etag")));
        expect("count", answer, Set.of(Move.DONE, Move.OTHER_GENERATION));
        if (answer.isEmpty()) {
            unanswered++;
            all.counted(false);
        } else if (answer.get().status() == Move.DONE) {
            all.counted(true);
        }
    }

    private void onlyLook(Client client) throws IOException {
        if (chance.nextInt(3) == 0)
            refused("an auditor's", client.ask("PUT", path(name()), Thing.content(number, 0), Map.of()));
        else expect("audit", Optional.of(client.read("/v1/audit?limit=5")), Set.of(Move.DONE));
    }

    private void overstep(Client client) {
        if (role == Role.OPERATOR) return;
        var other = "/v1/projects/users-%d/keypairs/%s".formatted((number + 1) % Users.PROJECTS, name());
        refused("another project's", client.ask("PUT", other, Thing.content(number, 0), Map.of()));
        var flavor = "{\"spec\":{\"vcpus\":1,\"memoryMiB\":1}}";
        refused("an operator's", client.ask("PUT", "/v1/flavors/" + name(), flavor, Map.of()));
    }

    private void refused(String whose, Optional<Wire.Answer> answer) {
        if (answer.isEmpty()) unanswered++;
        expect("what is " + whose, answer, Set.of(403, 404));
    }

    void expect(String what, Optional<Wire.Answer> answer, Set<Integer> statuses) {
        if (answer.isEmpty() || statuses.contains(answer.get().status())) return;
        find("%s: %d instead of %s: %s"
                .formatted(what, answer.get().status(), statuses, answer.get().body()));
    }

    void find(String wrong) {
        all.find("user %d (%s): %s".formatted(number, role.word(), wrong));
    }
}
