package regie.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.kernel.ChangeLog;
import regie.kernel.Key;
import regie.kernel.Refused;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** From a change to its receiver: what is told, in which order, and what becomes of it when it is not taken. */
class DeliveryTest {
    private Desks desks;
    private Receiver receiver;
    private Dispatcher server;

    @BeforeEach
    void open(@Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder) {
        desks = new Desks(source, folder);
        receiver = new Receiver();
        server = desks.dispatcher(receiver);
        desks.project("shop");
        desks.project("other");
    }

    @AfterEach
    void close() {
        desks.close();
    }

    /** Feeds and delivers until {@code many} deliveries have come. */
    private void deliver(int many) {
        desks.feed();
        Together.until(many + " deliveries came: " + receiver.told(), () -> {
            server.pass();
            return receiver.got.size() >= many;
        });
        Together.until(
                "nothing is under way",
                () -> desks.count("select count(*) as n from delivery.line where owner is not null") == 0);
    }

    private static Outcome no(int status) {
        return new Outcome.Declined(status, "it answers " + status, Optional.empty());
    }

    @Test
    void tellsOfEachResourceInOrderAndWaitsForEachAnswer() {
        desks.webhook("shop", "hook", "");
        for (int change = 1; change <= 5; change++) {
            for (var name : List.of("a", "b", "c")) desks.note("shop", name, "text " + change);
        }
        desks.delete(Desks.NOTE.key("shop", "b"));
        deliver(16);
        assertThat(receiver.overlaps).isEmpty();
        for (var name : List.of("a", "b", "c")) {
            var texts = receiver.got.stream()
                    .filter(parcel -> parcel.key().name().equals(name))
                    .map(parcel -> regie.kernel.Json.tree(parcel.resource())
                            .path("spec")
                            .path("text")
                            .asString())
                    .toList();
            var expected = new java.util.ArrayList<>(List.of("text 1", "text 2", "text 3", "text 4", "text 5"));
            if (name.equals("b")) expected.add("text 5");
            assertThat(texts).containsExactlyElementsOf(expected);
        }
        assertThat(receiver.messages()).doesNotHaveDuplicates();
    }

    @Test
    void aResourceThatFailsHoldsUpOnlyItself() {
        desks.webhook("shop", "hook", "");
        receiver.answer = parcel -> parcel.key().name().equals("bad")
                ? new Outcome.Failed("the connection breaks")
                : new Outcome.Taken(204);
        desks.note("shop", "bad", "1");
        desks.note("shop", "bad", "2");
        desks.note("shop", "good", "1");
        desks.note("shop", "good", "2");
        deliver(3);
        assertThat(receiver.told()).contains("created good", "changed good").doesNotContain("changed bad");
        receiver.answer = _ -> new Outcome.Taken(200);
        deliver(5);
        assertThat(receiver.told().stream().filter(told -> told.endsWith("bad")))
                .containsExactly("created bad", "created bad", "changed bad");
        assertThat(receiver.messages().stream().distinct())
                .as("a retry has the id it had")
                .hasSize(4);
    }

    @Test
    void seesWhatItsProjectMaySeeAndNoMore() {
        var shop = desks.webhook("shop", "hook", "");
        var estate = desks.estateWebhook("all", "");
        desks.note("other", "secret", "");
        desks.put(Desks.CABLE.key("", "cable"), "{spec: {}}");
        desks.put(Desks.SIGN.key("", "sign"), "{spec: {}}");
        desks.note("shop", "mine", "");
        desks.feed();
        assertThat(names(shop)).contains("sign", "mine").doesNotContain("secret", "cable", "all");
        assertThat(names(estate)).contains("sign", "mine", "secret", "cable");
    }

    private List<String> names(Key key) {
        return desks.log(key).stream().map(delivery -> delivery.key().name()).toList();
    }

    @Test
    void tellsOnlyWhatWasAskedFor() {
        var kinds = desks.webhook("shop", "kinds", ", kinds: [Sign]");
        var events = desks.webhook("shop", "events", ", events: [deleted]");
        var labels = desks.webhook("shop", "labels", ", labels: {tier: web, env: ''}");
        desks.put(Desks.SIGN.key("", "sign"), "{spec: {}}");
        desks.put(Desks.NOTE.key("shop", "plain"), "{spec: {}}");
        desks.put(Desks.NOTE.key("shop", "half"), "{labels: {tier: web}, spec: {}}");
        desks.put(Desks.NOTE.key("shop", "whole"), "{labels: {tier: web, env: '', more: x}, spec: {}}");
        desks.delete(Desks.NOTE.key("shop", "plain"));
        desks.feed();
        assertThat(names(kinds)).containsExactly("sign");
        assertThat(names(events)).containsExactly("plain");
        assertThat(names(labels)).containsExactly("whole");
    }

    @Test
    void neverTellsOfItsOwnStatus() {
        var hook = desks.webhook("shop", "hook", "");
        var estate = desks.estateWebhook("all", "");
        desks.note("shop", "a", "");
        for (int round = 0; round < 3; round++) {
            desks.feed();
            desks.webhook(hook);
            desks.webhook(estate);
        }
        assertThat(desks.log(estate)).noneMatch(delivery -> delivery.what() == ChangeSort.REPORTED);
        assertThat(desks.log(hook)).noneMatch(delivery -> delivery.what() == ChangeSort.REPORTED);
    }

    @Test
    void nothingIsSentBeforeThereIsASecretAndThenAll() {
        var key = WebhookKinds.PROJECT.key("shop", "hook");
        desks.put(key, "{spec: {url: 'https://receiver.example/'}}");
        desks.loop.pass();
        desks.note("shop", "a", "");
        desks.feed();
        server.pass();
        assertThat(receiver.got).isEmpty();
        assertThat(desks.holds(key)).containsExactly("webhook-no-secret");
        desks.webhooks.makeSecret(Desks.OPERATOR, key, Duration.ZERO);
        deliver(1);
        assertThat(desks.holds(key)).isEmpty();
        assertThat(desks.webhook(key).status().state()).isEqualTo(WebhookStatus.State.ACTIVE);
    }

    @Test
    void secretsAreExchangedAndSealed() {
        var key = desks.webhook("shop", "hook", ", events: [created]");
        var second = desks.webhooks.makeSecret(Desks.OPERATOR, key, Duration.ofHours(1));
        var third = desks.webhooks.makeSecret(Desks.OPERATOR, key, Duration.ofHours(1));
        desks.note("shop", "a", "");
        deliver(1);
        assertThat(receiver.got.getFirst().secrets().stream().map(SigningSecret::text))
                .containsExactly(third.text(), second.text());
        var fourth = desks.webhooks.makeSecret(Desks.OPERATOR, key, Duration.ZERO);
        desks.note("shop", "b", "");
        deliver(2);
        assertThat(receiver.got.getLast().secrets().stream().map(SigningSecret::text))
                .containsExactly(fourth.text());
        assertThat(fourth.toString()).isEqualTo("whsec_…");
        var sealed =
                desks.database.read(tx -> tx.query("select sealed from delivery.secret", row -> row.bytes("sealed")));
        assertThat(sealed)
                .allSatisfy(bytes -> assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(new String(fourth.key(), java.nio.charset.StandardCharsets.ISO_8859_1)));
        var dump = desks.database.read(tx -> tx.query(
                "select row_to_json(l)::text as text from kernel.log l union all select row_to_json(a)::text from identity.audit a",
                row -> row.text("text")));
        assertThat(dump).anyMatch(line -> line.contains("make-secret")).noneMatch(line -> line.contains("whsec_"));
    }

    @Test
    void whatIsGivenUpIsADeadLetterThatCanBeSentAnew() {
        var key = desks.webhook("shop", "hook", ", retryMinutes: 1");
        receiver.answer = parcel -> parcel.what() == ChangeSort.CREATED ? no(500) : new Outcome.Taken(200);
        desks.note("shop", "a", "1");
        desks.note("shop", "a", "2");
        deliver(1);
        desks.sql("update delivery.delivery set first_at = first_at - interval '2 minutes' where first_at is not null");
        desks.sql("update delivery.line set due_at = clock_timestamp()");
        deliver(2);
        assertThat(desks.webhook(key).status().dead()).isEqualTo(1);
        deliver(3);
        assertThat(desks.holds(key)).containsExactly("webhook-dead-letters");
        receiver.answer = _ -> new Outcome.Taken(200);
        assertThat(receiver.told()).containsExactly("created a", "created a", "changed a");
        assertThat(desks.webhooks.redeliver(Desks.OPERATOR, key, List.of())).isEqualTo(1);
        deliver(4);
        assertThat(receiver.told().getLast()).isEqualTo("created a");
        assertThat(receiver.messages().getLast()).isEqualTo(receiver.messages().getFirst());
        assertThat(desks.holds(key)).isEmpty();
        assertThat(desks.log(key)).allMatch(delivery -> delivery.state() == DeliveryRecord.State.DELIVERED);
    }

    @Test
    void replaysFromAPositionUnderTheIdsThatTheChangesHad() {
        var key = desks.webhook("shop", "hook", "");
        for (int text = 1; text <= 4; text++) desks.note("shop", "a", "" + text);
        deliver(4);
        var first = receiver.messages();
        var from = receiver.got.get(1).position();
        receiver.answer = _ -> no(503);
        desks.note("shop", "a", "5"); // waits, and must not come twice
        deliver(5);
        receiver.answer = _ -> new Outcome.Taken(200);
        receiver.got.clear();
        desks.webhooks.replay(Desks.OPERATOR, key, from);
        deliver(3);
        assertThat(receiver.messages().subList(0, 2)).containsExactlyElementsOf(first.subList(2, 4));
        assertThat(receiver.got.getLast().resource()).contains("\"text\":\"5\"");
        desks.feed();
        server.pass();
        assertThat(receiver.got).hasSize(3);
        assertThatThrownBy(() -> desks.webhooks.replay(Desks.OPERATOR, key, new ChangeLog.Position(999_999_999, 1)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("replay-out-of-log"));
    }

    @Test
    void aReceiverThatIsGoneIsLeftAloneUntilSomebodyLooks() {
        var key = desks.webhook("shop", "hook", "");
        receiver.answer = _ -> new Outcome.Gone();
        desks.note("shop", "a", "");
        desks.note("shop", "b", "");
        deliver(1);
        desks.sql("update delivery.line set due_at = clock_timestamp()");
        int asked = receiver.got.size();
        for (int pass = 0; pass < 5; pass++) server.pass();
        assertThat(receiver.got).hasSize(asked);
        assertThat(desks.webhook(key).status().state()).isEqualTo(WebhookStatus.State.GONE);
        assertThat(desks.holds(key)).contains("webhook-gone");
        receiver.answer = _ -> new Outcome.Taken(200);
        desks.put(key, "{spec: {url: 'https://receiver.example/moved'}}");
        desks.loop.pass();
        deliver(asked + 2);
        assertThat(receiver.got.getLast().url().toString()).isEqualTo("https://receiver.example/moved");
        assertThat(desks.holds(key)).isEmpty();
    }

    @Test
    void aReceiverThatAsksForPatienceGetsItForAllThatWaits() {
        var key = desks.webhook("shop", "hook", "");
        receiver.answer = _ -> new Outcome.Declined(429, "it answers 429", Optional.of(Duration.ofHours(1)));
        desks.note("shop", "a", "");
        deliver(1);
        desks.note("shop", "b", "");
        desks.feed();
        for (int pass = 0; pass < 5; pass++) server.pass();
        assertThat(receiver.got).hasSize(1);
        assertThat(desks.holds(key)).contains("webhook-resting");
    }

    @Test
    void pausedHoldsBackAndDeliversLater() {
        var key = desks.webhook("shop", "hook", ", paused: true");
        desks.note("shop", "a", "");
        desks.feed();
        server.pass();
        assertThat(receiver.got).isEmpty();
        assertThat(desks.holds(key)).containsExactly("webhook-paused");
        desks.put(key, "{spec: {url: 'https://receiver.example/'}}");
        desks.loop.pass();
        deliver(1);
    }

    @Test
    void aDeletedWebhookLeavesNothingBehind() {
        var key = desks.webhook("shop", "hook", "");
        desks.note("shop", "a", "");
        desks.feed();
        var hold = new CountDownLatch(1);
        receiver.answer = _ -> {
            Together.until("the webhook is gone", () -> hold.getCount() == 0);
            return new Outcome.Taken(200);
        };
        server.pass();
        Together.until("a delivery is under way", () -> !receiver.got.isEmpty());
        desks.delete(key);
        desks.loop.pass();
        hold.countDown();
        for (var table : List.of("course", "cursor", "secret", "delivery", "line")) {
            assertThat(desks.count("select count(*) as n from delivery." + table))
                    .as(table)
                    .isZero();
        }
        assertThatThrownBy(() -> desks.log(key)).isInstanceOf(Refused.class);
    }
}
