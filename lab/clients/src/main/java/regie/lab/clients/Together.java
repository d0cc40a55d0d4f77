package regie.lab.clients;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a user does with several of its names at once: lists, manifests and batches. */
final class Together {
    private static final int MOST = 3;
    private static final int PAGE = 2;

    private final User user;
    private final Account account;
    private final Moves moves;

    Together(User user, Account account, Moves moves) {
        this.user = user;
        this.account = account;
        this.moves = moves;
    }

    /** In pages; nobody else writes what is listed, so that it has to be all there is, and each of it once. */
    void list(Client client) throws IOException {
        var listed = new HashMap<String, Thing>();
        var path = "%s?label=user=u%d&limit=%d".formatted(user.list(), user.number(), PAGE);
        for (var after = Optional.of(""); after.isPresent(); ) {
            var page = User.json(client.read(path + after.get()));
            for (var item : page.path("items"))
                if (listed.put(item.path("name").asString(), Thing.of(item)) != null)
                    user.find("the list has %s twice".formatted(item.path("name")));
            var next = page.path("next");
            after = next.isString() ? Optional.of("&after=" + next.stringValue()) : Optional.empty();
        }
        var names = new TreeSet<>(account.names());
        names.addAll(listed.keySet());
        for (var name : names) account.saw(name, Optional.ofNullable(listed.get(name)));
    }

    private <M extends Move> Map<String, M> several(Function<String, M> move) {
        var several = new LinkedHashMap<String, M>();
        for (int at = 0; at <= user.chance().nextInt(MOST); at++) {
            var name = user.name();
            if (!several.containsKey(name)) several.put(name, move.apply(name));
        }
        return several;
    }

    /** One in four holds a document that can't be: nothing of it may be done then. */
    void apply(Client client) throws IOException {
        var puts = several(_ -> moves.put());
        boolean good = user.chance().nextInt(4) > 0;
        var documents = new ArrayList<String>();
        puts.forEach((name, put) -> documents.add(document(name, put.body(user.number()))));
        if (!good) documents.add(document(user.prefix() + "bad", "{\"spec\":{\"publicKey\":\"none\"}}"));
        var text = Inventor.JSON.writeValueAsString(String.join("\n---\n", documents));
        var body =
                "{\"project\":\"%s\",\"files\":[{\"name\":\"mine.yaml\",\"text\":%s}]}".formatted(user.project(), text);
        var answer = client.ask("POST", "/v1/apply", body, Map.of());
        user.expect("apply", answer, good ? Set.of(Move.DONE) : Set.of(400, 422));
        if (!good) return;
        if (answer.isEmpty()) user.unanswered(client, puts);
        else
            for (var change : User.json(answer.get()).path("changes")) {
                var name = change.path("key").path("name").asString();
                int status = change.path("action").asString().equals("create") ? Move.CREATED : Move.DONE;
                account.answered(
                        name, Optional.<Move>ofNullable(puts.remove(name)).orElseThrow(), status, Optional.empty());
            }
        if (answer.isPresent() && !puts.isEmpty()) user.find("apply says nothing of %s".formatted(puts.keySet()));
    }

    private static String document(String name, String content) {
        return "{\"kind\":\"%s\",\"name\":\"%s\",%s".formatted(Thing.KIND, name, content.substring(1));
    }

    /** Of all sorts, each with an outcome of its own, or all or nothing; under a key or not. */
    void batch(Client client) throws IOException {
        var several = several(moves::any);
        boolean atomic = user.chance().nextBoolean();
        var operations = several.entrySet().stream()
                .map(each -> operation(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
        var body = "{\"atomic\":%s,\"operations\":[%s]}".formatted(atomic, operations);
        var answer = user.chance().nextBoolean()
                ? Optional.of(client.once(user.key(), "POST", "/v1/batch", body, Map.of()))
                : client.ask("POST", "/v1/batch", body, Map.of());
        if (answer.isEmpty()) {
            user.unanswered(client, several);
        } else if (answer.get().status() == Move.DONE) {
            outcomes(several, answer.get());
        } else {
            refused(several, atomic, answer.get());
        }
    }

    private String operation(String name, Move move) {
        var content = move.body(user.number());
        return "{\"op\":\"%s\",\"kind\":\"%s\",\"project\":\"%s\",\"name\":\"%s\"%s%s}"
                .formatted(
                        move.method().toLowerCase(Locale.ROOT),
                        Thing.KIND,
                        user.project(),
                        name,
                        content.isEmpty() ? "" : ",\"content\":" + content,
                        move.condition().map(",\"generation\":%d"::formatted).orElse(""));
    }

    private void outcomes(Map<String, Move> several, Wire.Answer answer) {
        var outcomes = User.json(answer).path("outcomes");
        if (outcomes.size() != several.size())
            user.find("a batch of %d has %d outcomes".formatted(several.size(), outcomes.size()));
        int at = 0;
        for (var each : several.entrySet()) {
            int status = outcomes.path(at++).path("status").asInt();
            account.answered(each.getKey(), each.getValue(), alone(each.getValue(), status), Optional.empty());
        }
    }

    /** The status that a move has alone where it has {@code status} in a batch. */
    private static int alone(Move move, int status) {
        if (move instanceof Move.Delete && status == Move.DONE) return Move.GONE;
        return status == 409 ? Move.OTHER_GENERATION : status;
    }

    /** Nothing was done, and one of them at least can't have been. */
    private void refused(Map<String, Move> several, boolean atomic, Wire.Answer answer) {
        int status = answer.status() == 409 ? Move.OTHER_GENERATION : answer.status();
        boolean may = atomic
                && several.entrySet().stream().anyMatch(each -> account.canBe(each.getKey(), each.getValue(), status));
        if (!may) user.find("the batch %s was answered with %s".formatted(several, answer));
    }
}
