package regie.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.identity.Access;
import regie.identity.Caller;
import regie.identity.Condition;
import regie.identity.Desk;
import regie.identity.MasterKey;
import regie.identity.Projects;
import regie.identity.Register;
import regie.identity.Role;
import regie.kernel.About;
import regie.kernel.Actions;
import regie.kernel.Chance;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declarations;
import regie.kernel.Declared;
import regie.kernel.Draft;
import regie.kernel.Hints;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.LogTail;
import regie.kernel.Manifests;
import regie.kernel.Migrations;
import regie.kernel.Resources;
import regie.kernel.Spec;
import regie.kernel.Status;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.testing.Schema;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** The room on a real database, with things to declare; several of it may stand on one database. */
final class Desks implements AutoCloseable {
    static final Caller OPERATOR = new Caller(new UUID(0, 1), "olga", Role.OPERATOR, Optional.empty(), "r1");

    /** Leases are short, so that a test does not wait for them long. */
    static final DeliverySettings SETTINGS = new DeliverySettings(Duration.ofHours(1), 1_000, Duration.ofMillis(400));

    /** Something of a project. */
    record NoteSpec(
            @About(value = "what it says", otherwise = "\"\"")
            String text) implements Spec {}

    static final Kind<NoteSpec, Status.None> NOTE =
            Kind.plain("Note", "notes", Kind.Scope.PROJECT, NoteSpec.class, "A note.");
    /** Something of the estate that members may read, and something they may not. */
    static final Kind<NoteSpec, Status.None> SIGN =
            Kind.plain("Sign", "signs", Kind.Scope.ESTATE, NoteSpec.class, "A sign.");

    static final Kind<NoteSpec, Status.None> CABLE =
            Kind.plain("Cable", "cables", Kind.Scope.ESTATE, NoteSpec.class, "A cable.");

    static final class Tables implements Schema {
        public Tables() {}

        @Override
        public void migrate(javax.sql.DataSource database) {
            for (var room : List.of("kernel", "identity", "delivery")) Migrations.run(database, room);
        }
    }

    final Database database;
    final Hints hints = new Hints();
    final Kinds kinds = new Kinds(List.of(Projects.KIND, SIGN, CABLE, NOTE, WebhookKinds.PROJECT, WebhookKinds.ESTATE));
    final Resources resources = new Resources(kinds);
    final Access access = new Access(kinds, Set.of("Sign"));
    final LogTail tail;
    final Secrets secrets;
    final Feeder feeder;
    final WebhookLoop loop;
    final Webhooks webhooks;
    private final Desk desk;
    private final List<Dispatcher> dispatchers = new ArrayList<>();

    Desks(TestDatabase source, Path folder) {
        this(source, folder, SETTINGS);
    }

    Desks(TestDatabase source, Path folder, DeliverySettings settings) {
        database = new Database(source.dataSource(), hints);
        tail = new LogTail(database, hints);
        secrets = new Secrets(MasterKey.open(folder.resolve("master.key"), Chance.SECURE), Chance.SECURE);
        feeder = new Feeder(database, kinds, resources, access, tail, settings);
        loop = new WebhookLoop(
                database, kinds, resources, new WorkQueue(Chance.SECURE.uuid().toString()), Clock.SYSTEM, settings);
        var manifests = new Manifests(kinds);
        desk = new Desk(
                database,
                kinds,
                resources,
                new Declarations(kinds, resources, Chance.SECURE),
                manifests,
                new Actions(List.of()),
                access);
        webhooks = new Webhooks(database, resources, desk, new Register(database, kinds, resources, access), secrets);
    }

    /** A server that delivers through {@code courier}; its passes are the test's to call. */
    Dispatcher dispatcher(Courier courier) {
        return dispatcher(courier, SETTINGS);
    }

    Dispatcher dispatcher(Courier courier, DeliverySettings settings) {
        var dispatcher =
                new Dispatcher(database, hints, resources, secrets, courier, Clock.SYSTEM, Chance.SECURE, settings);
        dispatchers.add(dispatcher);
        return dispatcher;
    }

    void project(String name) {
        put(Projects.KIND.key("", name), "{spec: {}}");
    }

    void note(String project, String name, String text) {
        put(NOTE.key(project, name), "{spec: {text: '%s'}}".formatted(text));
    }

    /** In a transaction of the test's own. */
    void create(Tx tx, String project, String name) {
        var draft = new Draft<>(
                Chance.SECURE.uuid(), NOTE.key(project, name), Optional.empty(), Map.of(), new NoteSpec(""));
        resources.create(tx, NOTE, List.of(draft));
    }

    void put(Key key, String body) {
        desk.put(OPERATOR, key, body, Condition.NONE);
    }

    void delete(Key key) {
        desk.delete(OPERATOR, key, Condition.NONE);
    }

    /** A project's webhook with a secret. */
    Key webhook(String project, String name, String more) {
        return begun(WebhookKinds.PROJECT.key(project, name), more);
    }

    Key estateWebhook(String name, String more) {
        return begun(WebhookKinds.ESTATE.key("", name), more);
    }

    private Key begun(Key key, String more) {
        put(key, "{spec: {url: 'https://receiver.example/%s'%s}}".formatted(key.name(), more));
        loop.pass();
        webhooks.makeSecret(OPERATOR, key, Duration.ofHours(1));
        return key;
    }

    Declared<WebhookSpec, WebhookStatus> webhook(Key key) {
        sql("update delivery.course set stale_at = clock_timestamp() where webhook is not null");
        loop.pass();
        return database.read(tx -> resources.get(tx, WebhookKinds.named(key.kind()), key));
    }

    List<String> holds(Key key) {
        return webhook(key).status().holds().stream().map(hold -> hold.code()).toList();
    }

    /** Everything that is in the log now is queued. */
    void feed() {
        awaitTail();
        while (feeder.pass() == regie.kernel.Loop.Pass.MORE) {}
    }

    void awaitTail() {
        var end = database.read(ChangeLog::end);
        Together.until("the tail has read the log", () -> tail.end().compareTo(end) >= 0);
    }

    void sql(String sql) {
        database.change(OPERATOR.actor(), tx -> tx.change(sql));
    }

    long count(String sql) {
        return database.read(tx -> tx.first(sql, row -> row.number("n")).orElseThrow());
    }

    List<DeliveryRecord> log(Key key) {
        return webhooks.deliveries(OPERATOR, key, new DeliverySelection(Optional.empty(), Optional.empty(), 1_000));
    }

    @Override
    public void close() {
        dispatchers.forEach(Dispatcher::close);
        tail.close();
    }
}
