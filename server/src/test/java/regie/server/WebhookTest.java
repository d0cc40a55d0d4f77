package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** A whole room and a real receiver: from a manifest to a signed request, and back to what the room says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {
    private final TestRoom room;
    private final Asking operator;
    private final Asking member;

    WebhookTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(
                database,
                Files.createTempDirectory("regie-test-room-"),
                "",
                "webhooks: {allowedNetworks: [127.0.0.0/8], plainHttp: true}");
        operator = room.operator;
        member = room.member("hooked");
    }

    @AfterAll
    void close() {
        room.close();
    }

    private static String spec(HookReceiver receiver, String more) {
        return "{\"spec\":{\"url\":\"%s\"%s}}".formatted(receiver.url("/hooks"), more);
    }

    private static String path(String name) {
        return "/v1/projects/hooked/webhooks/" + name;
    }

    /** Declares it and makes its secret. */
    private String begin(HookReceiver receiver, String name, String more) {
        assertThat(member.put(path(name), spec(receiver, more)).status()).isEqualTo(201);
        var made = member.post(path(name) + "/secrets", "{}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("secret").asString();
    }

    private void keypair(String name) {
        assertThat(member.put("/v1/projects/hooked/keypairs/" + name, Samples.KEYPAIR)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aChangeReachesItsReceiverSignedAndTheRoomSaysSo() throws Exception {
        try (var receiver = new HookReceiver()) {
            var secret = begin(receiver, "first", ",\"kinds\":[\"Keypair\"]");
            operator.put("/v1/projects/elsewhere", "{\"spec\":{}}");
            operator.put("/v1/projects/elsewhere/keypairs/hidden", Samples.KEYPAIR);
            keypair("ann");
            Together.until("it came", () -> !receiver.got.isEmpty());
            var got = receiver.got.getFirst();
            assertThat(got.isSignedWith(secret)).isTrue();
            assertThat(got.path()).isEqualTo("/hooks");
            assertThat(got.json().path("type").asString()).isEqualTo("keypair.created");
            assertThat(got.data())
                    .isEqualTo(member.get("/v1/projects/hooked/keypairs/ann").json());
            assertThat(receiver.names()).containsOnly("ann");
            Together.until(
                    "the room says so",
                    () -> member.get(path("first") + "/deliveries?state=delivered")
                                    .json()
                                    .path("items")
                                    .size()
                            == 1);
            assertThat(member.get(path("first")).body()).doesNotContain("whsec_");
            assertThat(operator.get("/v1/audit?kind=Webhook&name=first").body())
                    .contains("\"make-secret\"")
                    .doesNotContain(secret);

            receiver.got.clear();
            var position = member.get("/v1/projects/hooked/keypairs").json().path("position");
            assertThat(position.isString()).isTrue();
            var before = got.json().path("position").asString().split("-", -1);
            var from = "%s-%d".formatted(before[0], Long.parseLong(before[1]) - 1);
            assertThat(member.post(path("first") + "/replay", "{\"from\":\"%s\"}".formatted(from))
                            .status())
                    .isEqualTo(204);
            Together.until("it came again", () -> !receiver.got.isEmpty());
            assertThat(receiver.got.getFirst().id()).isEqualTo(got.id());
            assertThat(receiver.got.getFirst().body()).isEqualTo(got.body());
        }
    }

    @Test
    void whatFailsIsSaidAndTriedAgain() throws Exception {
        try (var receiver = new HookReceiver()) {
            receiver.answer = _ -> 500;
            begin(receiver, "failing", ",\"kinds\":[\"Keypair\"]");
            keypair("bob");
            Together.until("it is tried again", () -> receiver.got.size() >= 2);
            assertThat(receiver.got.get(1).id())
                    .isEqualTo(receiver.got.getFirst().id());
            Together.until(
                    "the status says so",
                    () -> member.get(path("failing") + "/explain").body().contains("webhook-failing"));
            receiver.answer = _ -> 204;
            Together.until(
                    "it is taken",
                    () -> member.get(path("failing"))
                                            .json()
                                            .path("status")
                                            .path("backlog")
                                            .asInt()
                                    == 0
                            && member.get(path("failing")).json().path("status").has("lastSuccess"));
            assertThat(member.get(path("failing") + "/explain").body()).doesNotContain("webhook-failing");
        }
    }

    @Test
    void onlyOperatorsDeclareForTheEstateAndMembersSeeOnlyTheirOwn() throws Exception {
        try (var receiver = new HookReceiver()) {
            assertThat(member.put("/v1/estate-webhooks/all", spec(receiver, "")).status())
                    .isEqualTo(403);
            assertThat(operator.put("/v1/estate-webhooks/all", spec(receiver, ",\"kinds\":[\"Rack\",\"Keypair\"]"))
                            .status())
                    .isEqualTo(201);
            assertThat(operator.post("/v1/estate-webhooks/all/secrets", "{}").status())
                    .isEqualTo(201);
            operator.put("/v1/sites/par1", Samples.SITE);
            operator.put("/v1/racks/par1-r01", "{\"spec\":{\"site\":\"par1\"}}");
            Together.until("it came", () -> receiver.names().contains("par1-r01"));
            assertThat(operator.delete("/v1/estate-webhooks/all").status()).isIn(202, 204);
            Together.until(
                    "it is gone", () -> operator.get("/v1/estate-webhooks/all").status() == 404);
            var stranger = room.member("stranger");
            for (var verb : new String[] {"/secrets", "/replay", "/redeliver"}) {
                var body = verb.equals("/replay") ? "{\"from\":\"1-1\"}" : "{}";
                assertThat(stranger.post(path("first") + verb, body).code()).isEqualTo("forbidden");
                assertThat(room.auditor().post(path("first") + verb, body).code())
                        .isEqualTo("forbidden");
            }
            assertThat(stranger.get(path("first") + "/deliveries").code()).isEqualTo("forbidden");
        }
    }

    @Test
    void refusesWhatCanNotBe() throws Exception {
        try (var receiver = new HookReceiver()) {
            begin(receiver, "plain", "");
            assertThat(member.put(path("odd"), "{\"spec\":{\"url\":\"ftp://example.com/\"}}")
                            .body())
                    .contains("manifest-malformed")
                    .contains("spec.url");
            assertThat(member.post(path("plain") + "/replay", "{\"from\":\"x\"}")
                            .code())
                    .isEqualTo("bad-parameter");
            assertThat(member.post(path("plain") + "/replay", "{\"from\":\"99999999999-1\"}")
                            .code())
                    .isEqualTo("replay-out-of-log");
            assertThat(member.post(path("plain") + "/secrets", "{\"overlapHours\":1000}")
                            .code())
                    .isEqualTo("manifest-malformed");
            assertThat(member.post(path("none") + "/secrets", "{}").code()).isEqualTo("not-found");
            assertThat(member.get(path("plain") + "/deliveries?state=lost").code())
                    .isEqualTo("bad-parameter");
        }
    }
}
