package regie.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.compute.Attendances;
import regie.compute.BurstLoop;
import regie.compute.CapacityLoop;
import regie.compute.CapacityReport;
import regie.compute.ComputeLoop;
import regie.compute.Consoles;
import regie.compute.HealthLoop;
import regie.compute.HeartbeatLoop;
import regie.compute.Heartbeats;
import regie.compute.Hosts;
import regie.compute.Images;
import regie.compute.Joining;
import regie.compute.Metrics;
import regie.compute.MoveLoop;
import regie.compute.OlderPlaces;
import regie.compute.Picture;
import regie.compute.Rebalancing;
import regie.compute.ServerLoop;
import regie.compute.WhatIf;
import regie.compute.Wishes;
import regie.continuity.Leases;
import regie.continuity.Maintaining;
import regie.continuity.MaintenanceLoop;
import regie.continuity.VitalsDesk;
import regie.engine.cpsat.CpSat;
import regie.engine.probes.NetworkProbes;
import regie.identity.Access;
import regie.identity.Agents;
import regie.identity.AuditTrail;
import regie.identity.Batches;
import regie.identity.CertificateAuthority;
import regie.identity.Desk;
import regie.identity.JoinTokens;
import regie.identity.MasterKey;
import regie.identity.Register;
import regie.identity.Repeats;
import regie.identity.Tokens;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.DatabaseHints;
import regie.kernel.Declarations;
import regie.kernel.Fault;
import regie.kernel.LogTail;
import regie.kernel.Loop;
import regie.kernel.Manifests;
import regie.kernel.Resources;
import regie.kernel.WorkQueue;
import regie.rest.RestDoor;
import regie.rest.RestRooms;
import regie.rest.RestSettings;
import regie.storage.ImageBytes;
import regie.storage.ImageCheck;
import regie.storage.SharedBytes;

/** A running control room. All is put together here, bottom first, and taken down in the opposite order: doors, loops, database. */
final class ControlRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRoom.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final RestDoor door;

    /** @throws Fault where something that it needs is not there; nothing is left running then */
    ControlRoom(Settings settings, boolean newOperatorToken) {
        try {
            door = build(settings, newOperatorToken);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where it listens for REST. */
    String url() {
        return door.url();
    }

    private RestDoor build(Settings settings, boolean newOperatorToken) {
        var folder = makeFolder(settings.folder());

        // Database
        var store = part(Store.open(settings));
        var hints = part(new DatabaseHints(store.pool()));
        var database = new Database(store.pool(), hints);

        // Rooms
        var kinds = Rooms.kinds();
        var actions = Rooms.actions();
        var resources = new Resources(kinds);
        var declarations = new Declarations(kinds, resources, Chance.SECURE);
        var manifests = new Manifests(kinds);
        var access = new Access(kinds, Rooms.CATALOGUE);
        var tokens = new Tokens(database, hints, resources, access, Clock.SYSTEM, Chance.SECURE);
        FirstStart.run(folder, database, resources, tokens, newOperatorToken);

        var masterKey = MasterKey.open(folder.resolve("master.key"), Chance.SECURE);
        var authority = CertificateAuthority.open(database, masterKey, Clock.SYSTEM, Chance.SECURE);
        var repeats = new Repeats(database, masterKey);
        var agents = new Agents(
                database, access, authority, settings.agents().certificateLife(), Clock.SYSTEM, Chance.SECURE);
        var joinTokens = new JoinTokens(database, access, authority, Clock.SYSTEM, Chance.SECURE);
        var wishes = new Wishes(database);
        var attendances = new Attendances(database, Chance.SECURE.uuid(), Clock.SYSTEM);
        var hosts = new Hosts(database, wishes, hints, Clock.SYSTEM, Optional.of(attendances));
        var consoles = new Consoles(database, Chance.SECURE);
        var storage = settings.images().storage();
        var bytes = ImageBytes.open(folder.resolve("images"), storage);
        var shared = settings.images().inDatabase()
                ? Optional.of(new SharedBytes(database, bytes))
                : Optional.<SharedBytes>empty();
        var images = new Images(database, resources, bytes, shared, new ImageCheck(storage));

        // Loops
        var tail = part(new LogTail(database, hints));
        part(Loop.start(
                "trim", hints, List.of(), new Trimming(database, repeats, Clock.SYSTEM, settings.logHours())::pass));

        var work = new WorkQueue(Chance.SECURE.uuid().toString());
        new OlderPlaces(database, resources).seat();
        part(new ServerLoop(database, resources, work).start(hints));
        var picture = new Picture();
        part(new ComputeLoop(database, resources, picture, work, Clock.SYSTEM, Chance.SECURE).start(hints));
        part(new MoveLoop(database, picture, Clock.SYSTEM).start(hints));
        part(wishes.start(hints));
        part(hosts.start());
        part(images.start(hints, Clock.SYSTEM));
        part(new CapacityLoop(database, resources, picture, Clock.SYSTEM).start(hints));
        part(new HealthLoop(database, resources, part(new NetworkProbes()), Clock.SYSTEM).start(hints));
        part(new BurstLoop(database, resources, new CloudFiles(settings.clouds(folder)), Chance.SECURE).start(hints));
        part(new HeartbeatLoop(database, resources, Clock.SYSTEM).start(hints));

        var leases = part(Leases.start(database, resources, hints, Clock.SYSTEM, "room-" + Chance.SECURE.uuid()));
        var deaths = part(new DeathSide(settings.continuity(), folder, database, hints, resources, leases));
        part(new MaintenanceLoop(database, resources, picture, work, deaths.reboots(), Clock.SYSTEM).start(hints));
        var vitals = new VitalsDesk(database, Clock.SYSTEM);
        part(vitals.start(hints));

        var attending = new AtomicInteger();
        var monitor = part(new RoomMonitor(database, store.pool(), Version.build(), Clock.SYSTEM, attending::get));
        var desk = new Desk(database, kinds, resources, declarations, manifests, actions, access);
        var trail = new AuditTrail(database, access);
        part(trail.startSealing(hints));
        var register = new Register(database, kinds, resources, access);
        var webhooks = part(WebhookSide.open(
                        settings.webhooks(), masterKey, database, hints, kinds, resources, access, tail, work))
                .door(desk, register);

        // Doors
        var rooms = new RestRooms(
                kinds,
                actions,
                manifests,
                tokens,
                desk,
                repeats,
                new Batches(database, kinds, manifests, desk),
                register,
                trail,
                agents,
                new Joining(database, resources, joinTokens),
                consoles,
                images,
                new Heartbeats(desk),
                new Metrics(desk, resources),
                new WhatIf(register, resources, picture),
                new CapacityReport(register, resources, picture, Clock.SYSTEM),
                new Rebalancing(register, desk, resources, picture, new CpSat(), Clock.SYSTEM, Chance.SECURE),
                deaths.deaths(register),
                deaths.power(register, desk),
                new Maintaining(register, desk, resources, picture, Clock.SYSTEM),
                webhooks,
                tail,
                monitor,
                Clock.SYSTEM,
                Chance.SECURE);
        AgentSide.Artifacts artifacts =
                shared.<AgentSide.Artifacts>map(all -> all::open).orElse(bytes::open);
        part(AgentSide.open(
                settings.agents(), authority, agents, hosts, leases.desk(), vitals, consoles, artifacts, attending));
        var api = settings.api();
        return part(RestDoor.start(
                new RestSettings(api.host(), api.port(), Tls.context(api), Version.build(), api.limits()), rooms));
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Others may pass through it, for PostgreSQL has a user of its own; what is inside is closed to them. */
    private static Path makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return folder;
        } catch (IOException e) {
            throw new Fault("can't make the folder %s: %s".formatted(folder, e), e);
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not close as it should", part.getClass().getSimpleName(), e);
            }
        }
    }
}
