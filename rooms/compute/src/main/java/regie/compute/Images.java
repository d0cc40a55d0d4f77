package regie.compute;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import regie.agent.contract.Artifact;
import regie.agent.contract.Artifact.Role;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Refused;
import regie.kernel.ResourceRefusal;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.storage.Announced;
import regie.storage.ImageBytes;
import regie.storage.ImageCheck;
import regie.storage.SharedBytes;

/**
 * The bytes of declared images: brought in once, then the same for ever, and deleted when neither an image nor an instance needs
 * them. Bytes are on disk before the database speaks of them, so what an image says it has is there.
 */
public final class Images {
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Resources resources;
    private final ImageBytes bytes;
    private final Optional<SharedBytes> shared;
    private final ImageCheck check;

    public Images(Database database, Resources resources, ImageBytes bytes, ImageCheck check) {
        this(database, resources, bytes, Optional.empty(), check);
    }

    /** @param shared where other servers of the room find the bytes; empty where they are in the folder of this one alone */
    public Images(
            Database database, Resources resources, ImageBytes bytes, Optional<SharedBytes> shared, ImageCheck check) {
        this.shared = shared;
        this.database = database;
        this.resources = resources;
        this.bytes = bytes;
        this.check = check;
    }

    /** {@link #receive} and {@link #accept} in one. */
    public Declared<ImageSpec, ImageStatus> importFile(
            Actor actor, String image, Role role, InputStream body, Announced announced) throws IOException {
        try (var file = receive(image, role, body, announced)) {
            return database.transact(actor, tx -> accept(tx, file));
        }
    }

    /**
     * Takes a file in and examines it. This may take as long as its sender likes, so it is no part of a transaction. What can
     * be refused without the file is refused before a byte is read.
     *
     * @param image its name
     * @return the file, to be given to {@link #accept} and then closed
     * @throws IOException where the body breaks off
     * @throws Refused with {@link ResourceRefusal.NotFound}, {@link ComputeRefusal} or {@link regie.storage.StorageRefusal}
     */
    public ImageFile receive(String image, Role role, InputStream body, Announced announced) throws IOException {
        var key = Compute.IMAGE.key("", image);
        var now = database.read(tx -> resources.get(tx, Compute.IMAGE, key));
        refuseUnfit(now, role);
        announced.sha256().ifPresent(sha256 -> refuseOther(now, role, sha256));
        var incoming = bytes.take(body, announced);
        try {
            var checked = check.check(incoming.file(), role);
            incoming.keep();
            shared.ifPresent(all -> all.offer(incoming));
            var artifact = new Artifact(role, checked.format(), incoming.sha256(), incoming.bytes());
            return new ImageFile(key, artifact, checked.diskBytes(), incoming);
        } catch (RuntimeException e) {
            incoming.close();
            throw e;
        }
    }

    /**
     * Gives a file to its image; who waits for the image looks again. Giving it the same content once more changes nothing.
     *
     * @throws Refused as {@link #receive} does, where the image has changed since
     */
    public Declared<ImageSpec, ImageStatus> accept(Tx tx, ImageFile file) {
        var key = file.image();
        if (resources.pin(tx, Set.of(key)).isEmpty()) throw new ResourceRefusal.NotFound(key).asException();
        ImageLedger.lock(tx, key.name());
        var now = resources.get(tx, Compute.IMAGE, key);
        var artifact = file.artifact();
        refuseUnfit(now, artifact.role());
        refuseOther(now, artifact.role(), artifact.sha256());
        var status = now.status().with(artifact, file.diskGiB(), now.spec().boot());
        resources.report(tx, Compute.IMAGE, Map.of(now.uid(), status));
        if (status.state() == ImageStatus.State.READY) WorkQueue.hurry(tx, Compute.INSTANCE.name());
        return resources.get(tx, Compute.IMAGE, key);
    }

    /** Deletes bytes that nobody needs, now and then, until it is closed. */
    public Loop start(Hints hints, Clock clock) {
        var lastNanos = new AtomicLong(clock.nanos() - SWEEP_EVERY.toNanos());
        return Loop.start("images", hints, List.of(), () -> {
            long now = clock.nanos();
            if (now - lastNanos.get() >= SWEEP_EVERY.toNanos()) {
                lastNanos.set(now);
                sweep();
            }
            return Loop.Pass.DONE;
        });
    }

    /** @return how many files are gone */
    int sweep() {
        int gone = bytes.sweep(this::needed);
        shared.ifPresent(all -> {
            all.sweep(this::needed);
            all.offerAll(); // of what was taken in before it was shared
        });
        return gone;
    }

    private Set<String> needed(Set<String> names) {
        return database.read(tx -> ImageLedger.needed(tx, resources, names));
    }

    private static void refuseUnfit(Declared<ImageSpec, ImageStatus> image, Role role) {
        var boot = image.spec().boot();
        if (!boot.roles().contains(role)) throw new ComputeRefusal.RoleUnfit(image.name(), boot, role).asException();
    }

    /** As long as something is still missing, nothing can have booted from it, and a wrong file can be put right. */
    private static void refuseOther(Declared<ImageSpec, ImageStatus> image, Role role, String sha256) {
        if (!image.status().serves(image.spec().boot())) return;
        var there = image.status().artifact(role).orElseThrow().sha256();
        if (!there.equals(sha256)) throw new ComputeRefusal.ContentFixed(image.name(), role, there).asException();
    }
}
