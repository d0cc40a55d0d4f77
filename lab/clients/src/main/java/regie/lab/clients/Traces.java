package regie.lab.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What a change would leave behind: in the lists of all kinds, among the tokens and agents, in the audit trail and in the log. */
final class Traces {
    private static final int PATIENCE_MILLIS = 60_000;
    /** The log tells within this what happened last. */
    private static final int SILENCE_MILLIS = 2_000;

    private static final int TOLD_MAX = 20;

    private final InetSocketAddress room;
    private final String token;
    private final List<String> lists;

    Traces(InetSocketAddress room, String token, JsonNode description) {
        this.room = room;
        this.token = token;
        this.lists = description.path("paths").properties().stream()
                .filter(path -> answersList(path.getValue().path("get")))
                .map(Map.Entry::getKey)
                .filter(path -> !path.contains("{"))
                .toList();
    }

    private static boolean answersList(JsonNode get) {
        var schema = get.path("responses")
                .path("2XX")
                .path("content")
                .path("application/json")
                .path("schema");
        return schema.path("$ref").asString("").endsWith("List");
    }

    /**
     * @param facts what there is, by where it was read
     * @param position of the log
     */
    record State(Map<String, String> facts, String position) {
        List<String> differences(State later) {
            var all = new TreeSet<>(facts.keySet());
            all.addAll(later.facts.keySet());
            return all.stream()
                    .filter(name -> !facts.getOrDefault(name, "").equals(later.facts.getOrDefault(name, "")))
                    .map(name -> "%s was %s and is %s".formatted(name, facts.get(name), later.facts.get(name)))
                    .toList();
        }
    }

    /** What there is now. */
    State now() throws IOException {
        var facts = new TreeMap<String, String>();
        facts.put("the audit trail", newestAudited());
        for (var list : lists) read(list, facts);
        var position =
                Inventor.JSON.readTree(get("/v1/projects")).path("position").asString();
        return new State(facts, position);
    }

    /** What the log tells since then of changes, one word for each; what loops report of their own is none. */
    List<String> changesSince(State before) throws IOException {
        var told = new ArrayList<String>();
        try (var wire = new Wire(room, SILENCE_MILLIS)) {
            wire.send("GET /v1/watch?from=%s HTTP/1.1\r\nHost: room\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(before.position(), token));
            if (wire.answer(true).status() != 200)
                throw new IOException("the log can't be watched from " + before.position());
            while (told.size() < TOLD_MAX) {
                var line = wire.line();
                if (line.startsWith("event: ") && !line.equals("event: reported")) told.add(line);
            }
        } catch (SocketTimeoutException silence) {
            return told;
        }
        return told;
    }

    private String newestAudited() throws IOException {
        var item =
                Inventor.JSON.readTree(get("/v1/audit?limit=1")).path("items").path(0);
        return "%s %s %s %s".formatted(item.path("number"), item.path("verb"), item.path("key"), item.path("request"));
    }

    /** Tokens say when they were last used, and statuses may move by themselves: neither is a change. */
    private void read(String list, Map<String, String> facts) throws IOException {
        var tree = Inventor.JSON.readTree(get(list));
        var items = tree.isArray() ? tree : tree.path("items");
        for (var item : items) {
            var name = "%s %s/%s"
                    .formatted(
                            list,
                            item.path("project").asString(""),
                            item.path("name").asString(item.path("uid").asString("")));
            facts.put(
                    name,
                    "%s %s %s %s"
                            .formatted(
                                    item.path("uid"), item.path("generation"), item.path("labels"), item.path("spec")));
        }
    }

    private String get(String path) throws IOException {
        return ask("GET", path, "", "");
    }

    private String ask(String method, String path, String mediaType, String body) throws IOException {
        var shot = new Shot.Builder(method, path)
                .header("Authorization", "Bearer " + token)
                .header("Connection", "close");
        if (!body.isEmpty()) shot.header("Content-Type", mediaType).body(body.getBytes(StandardCharsets.UTF_8));
        try (var wire = new Wire(room, PATIENCE_MILLIS)) {
            wire.send(shot.build().bytes());
            var answer = wire.answer(false);
            if (answer.status() / 100 != 2)
                throw new IOException("%s %s: %d %s".formatted(method, path, answer.status(), answer.body()));
            return answer.body();
        }
    }

    /** One of each kind, and nothing that a loop would make something of: named {@value Inventor#NAME}, so that requests find what they are aimed at. */
    void declareTargets() throws IOException {
        ask("POST", "/v1/apply", "application/yaml", TARGETS.replace("NAME", Inventor.NAME));
    }

    private static final String TARGETS = """
            kind: Project
            name: NAME
            ---
            kind: Site
            name: NAME
            spec: {country: FR, city: Paris, roles: [production]}
            ---
            kind: Feed
            name: NAME
            spec: {site: NAME, capacityWatts: 100000}
            ---
            kind: Rack
            name: NAME
            spec: {site: NAME}
            ---
            kind: Server
            name: NAME
            spec: {site: NAME, hypervisor: simulated, numa: [{threads: 8, memoryMiB: 16384}], disks: [{name: sda, sizeGiB: 100}]}
            ---
            kind: Network
            name: NAME
            spec: {site: NAME, cidr: 10.77.1.0/24, gateway: 10.77.1.1, range: {first: 10.77.1.10, last: 10.77.1.200}, bridge: br0}
            ---
            kind: Flavor
            name: NAME
            spec: {vcpus: 1, memoryMiB: 256}
            ---
            kind: Image
            name: NAME
            spec: {boot: kernel}
            ---
            kind: Keypair
            name: NAME
            project: NAME
            spec: {publicKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1xqOD2jB5Jd2P7vFyP0dqT5Ssg5mFq2cZ7B3q1jv9X ann}
            ---
            kind: Instance
            name: NAME
            project: NAME
            spec: {flavor: NAME, image: NAME}
            ---
            kind: Fleet
            name: NAME
            project: NAME
            spec: {count: 0, template: {flavor: NAME, image: NAME}}
            ---
            kind: Device
            name: NAME
            spec: {site: NAME, role: switch}
            ---
            kind: Link
            name: NAME
            spec: {from: {site: NAME}, to: {outside: Cogent}, medium: fibre, capacityMbps: 1000}
            ---
            kind: SiteReserve
            name: NAME
            spec: {site: NAME, flavor: NAME, count: 1}
            ---
            kind: Reservation
            name: NAME
            project: NAME
            spec: {flavor: NAME, count: 1, until: "2099-01-01T00:00:00Z"}
            ---
            kind: Webhook
            name: NAME
            project: NAME
            spec: {url: "https://hooks.example.com/regie"}
            ---
            kind: EstateWebhook
            name: NAME
            spec: {url: "https://hooks.example.com/regie"}
            """;
}
