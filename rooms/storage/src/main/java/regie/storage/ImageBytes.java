package regie.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Fault;

/**
 * Files under the names of their content (sha256) in one folder that belongs to this process alone. What lies under such a name
 * is whole, on disk, and never changes; what was under way when the power went is swept away at the next start.
 */
public final class ImageBytes {
    private static final Logger LOG = LoggerFactory.getLogger(ImageBytes.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final StorageSettings settings;
    private final Path kept;
    private final Path incoming;
    private final Semaphore imports;
    private final Reservation reservation;
    /** Names that somebody is writing down at this moment, and how many do. */
    private final Map<String, Integer> held = new HashMap<>();
    /** Names that a sweep is about to delete; whoever holds one takes it off this list. */
    private final Set<String> doomed = new HashSet<>();

    private ImageBytes(Path folder, StorageSettings settings) {
        this.settings = settings;
        this.kept = folder.resolve("kept");
        this.incoming = folder.resolve("incoming");
        this.imports = new Semaphore(settings.importsMax());
        this.reservation = new Reservation(incoming, settings.freeBytesMin());
    }

    /** @throws Fault where the folder can't be made or read */
    public static ImageBytes open(Path folder, StorageSettings settings) {
        var store = new ImageBytes(folder, settings);
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(store.kept, owner);
            Files.createDirectories(store.incoming, owner);
            store.sweepIncoming();
        } catch (IOException e) {
            throw new Fault("can't use the folder of images %s: %s".formatted(folder, e), e);
        }
        return store;
    }

    /** Whether {@code text} is written as the names here are. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Reads {@code body} to its end into a file of its own, in memory that does not grow with it.
     *
     * @throws IOException where the body breaks off
     * @throws Fault where the disk does not take it
     * @throws regie.kernel.Refused with {@link StorageRefusal} where it is too large, there is no room for it, or it is not as
     *     announced; nothing is left of it then
     */
    public Incoming take(InputStream body, Announced announced) throws IOException {
        if (announced.bytes() > settings.fileBytesMax()) {
            throw new StorageRefusal.TooLarge(announced.bytes(), settings.fileBytesMax()).asException();
        }
        if (!imports.tryAcquire()) throw new StorageRefusal.TooManyImports(settings.importsMax()).asException();
        try (var reserved = reservation.of(announced.bytes())) {
            return new Intake(incoming, reserved).take(body, announced, this::hold);
        } finally {
            imports.release();
        }
    }

    /** The bytes named {@code sha256}; empty where they are not here. The caller closes it. */
    public Optional<SeekableByteChannel> open(String sha256) throws IOException {
        if (!isName(sha256)) return Optional.empty();
        try {
            return Optional.of(FileChannel.open(path(sha256), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public boolean has(String sha256) {
        return isName(sha256) && Files.isRegularFile(path(sha256));
    }

    /**
     * Deletes what nobody needs.
     *
     * @param stillNeeded is asked once, for those that lie here and that nobody is writing down now; gives those of them that are
     *     needed. What is taken in meanwhile stays.
     * @return how many files are gone
     */
    public int sweep(UnaryOperator<Set<String>> stillNeeded) {
        var candidates = candidates();
        if (candidates.isEmpty()) return 0;
        candidates.removeAll(stillNeeded.apply(Set.copyOf(candidates)));
        int gone = 0;
        for (var sha256 : candidates) if (deleteIfDoomed(sha256)) gone++;
        synchronized (this) {
            doomed.clear();
        }
        if (gone > 0) LOG.info("deleted {} files that no image needs any more", gone);
        return gone;
    }

    private synchronized Set<String> candidates() {
        doomed.clear();
        for (var name : names()) if (!held.containsKey(name)) doomed.add(name);
        return new HashSet<>(doomed);
    }

    /** Of all that lies here. */
    Set<String> names() {
        var names = new HashSet<String>();
        try (var files = Files.newDirectoryStream(kept)) {
            for (var file : files) names.add(file.getFileName().toString());
        } catch (IOException e) {
            throw new Fault("can't list the images in " + kept, e);
        }
        names.removeIf(name -> !isName(name));
        return names;
    }

    private synchronized boolean deleteIfDoomed(String sha256) {
        try {
            return doomed.contains(sha256) && Files.deleteIfExists(path(sha256));
        } catch (IOException e) {
            throw new Fault("can't delete " + path(sha256), e);
        }
    }

    Path path(String sha256) {
        return kept.resolve(sha256);
    }

    private synchronized Incoming hold(Path file, String sha256, long bytes) {
        doomed.remove(sha256);
        held.merge(sha256, 1, Integer::sum);
        return new Incoming(this, file, sha256, bytes);
    }

    void keep(Path file, String sha256) {
        try {
            Files.move(file, path(sha256), StandardCopyOption.ATOMIC_MOVE);
            try (var folder = FileChannel.open(kept, StandardOpenOption.READ)) {
                folder.force(true); // else the name itself may be lost with the power
            }
        } catch (IOException e) {
            throw new Fault("can't keep %s: %s".formatted(path(sha256), e), e);
        }
    }

    void release(Path file, String sha256, boolean wasKept) {
        if (!wasKept) delete(file);
        synchronized (this) {
            held.computeIfPresent(sha256, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("can't delete {}; the next start tries again", file, e);
        }
    }

    private void sweepIncoming() throws IOException {
        try (var files = Files.newDirectoryStream(incoming)) {
            for (var file : files) Files.deleteIfExists(file);
        }
    }
}
