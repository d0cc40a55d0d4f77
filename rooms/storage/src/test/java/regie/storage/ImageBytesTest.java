package regie.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.kernel.Refused;

class ImageBytesTest {
    private static final long GIB = 1L << 30;
    private static final StorageSettings SETTINGS = new StorageSettings(8 << 20, 1L << 40, 0, 2);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void keepsContentUnderItsNameForItsOwnerAlone() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var bytes = content(1, 300_000);
        var name = keep(store, bytes);
        assertThat(name).isEqualTo(sha256(bytes));
        assertThat(read(store, name)).isEqualTo(bytes);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.path(name))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("images/kept"))))
                .isEqualTo("rwx------");
        assertThat(incoming("images")).isEmpty();
    }

    @Test
    void hasNothingUnderOtherNames() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        Files.writeString(folder.resolve("secret"), "secret");
        assertThat(store.open("0".repeat(64))).isEmpty();
        assertThat(store.open("../../secret")).isEmpty();
        assertThat(store.has("../incoming")).isFalse();
    }

    @Test
    void refusesWhatIsNotAsAnnouncedAndLeavesNothing() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var bytes = content(2, 100_000);
        assertRefused("image-size-differs", () -> store.take(stream(bytes), new Announced(99_999, Optional.empty())));
        assertRefused("image-size-differs", () -> store.take(stream(bytes), new Announced(100_001, Optional.empty())));
        assertRefused(
                "image-checksum-differs",
                () -> store.take(stream(bytes), new Announced(100_000, Optional.of("0".repeat(64)))));
        assertRefused("image-too-large", () -> store.take(stream(bytes), new Announced(9 << 20, Optional.empty())));
        assertRefused("bad-announcement", () -> store.take(stream(bytes), new Announced(0, Optional.empty())));
        assertRefused("bad-announcement", () -> store.take(stream(bytes), new Announced(1, Optional.of("ABC"))));
        assertThat(incoming("images")).isEmpty();
        assertThat(kept("images")).isEmpty();
    }

    @Test
    void leavesNothingWhereTheBodyBreaksOff() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var broken = new SequenceInputStream(stream(content(3, 100_000)), new Body(new byte[0], () -> {
            throw new IOException("connection reset");
        }));
        assertThatThrownBy(() -> store.take(broken, new Announced(200_000, Optional.empty())))
                .hasMessage("connection reset");
        assertThat(incoming("images")).isEmpty();
    }

    @Test
    void dropsWhatWasNotKept() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var bytes = content(4, 1000);
        try (var incoming = store.take(stream(bytes), announced(bytes))) {
            assertThat(Files.size(incoming.file())).isEqualTo(1000);
        }
        assertThat(incoming("images")).isEmpty();
        assertThat(kept("images")).isEmpty();
    }

    @Test
    void refusesWhatTheDiskHasNoRoomFor() throws Exception {
        var usable = Files.getFileStore(folder).getUsableSpace();
        var store = ImageBytes.open(folder.resolve("images"), new StorageSettings(Long.MAX_VALUE, 1, usable * 2, 1));
        assertRefused(
                "image-no-disk-space", () -> store.take(stream(content(5, 1)), new Announced(1, Optional.empty())));
    }

    @Test
    void importsUnderWayCountAgainstTheRoomThatIsLeft() throws Exception {
        long usable = Files.getFileStore(folder).getUsableSpace();
        var reservation = new Reservation(folder, 0);
        try (var first = reservation.of(usable * 2 / 3)) {
            assertRefused("image-no-disk-space", () -> reservation.of(usable * 2 / 3));
            first.used(usable / 3);
            reservation.of(usable / 3).close();
        }
        reservation.of(usable * 2 / 3).close();
    }

    @Test
    void takesSoManyAtOnceAndNoMore() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var bytes = content(6, 1000);
        var second = new Body(
                bytes, () -> assertRefused("too-many-imports", () -> store.take(stream(bytes), announced(bytes))));
        var first = new Body(bytes, () -> store.take(second, announced(bytes)).close());
        store.take(first, announced(bytes)).close();
        assertThat(second.begun()).isTrue();
        keep(store, bytes);
    }

    @Test
    void twoImportsOfTheSameComeToOneFile() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var bytes = content(7, 2_000_000);
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> task = () -> {
                barrier.await();
                return keep(store, bytes);
            };
            for (var name : threads.invokeAll(List.of(task, task)))
                assertThat(name.get()).isEqualTo(sha256(bytes));
        }
        assertThat(kept("images")).containsExactly(sha256(bytes));
        assertThat(incoming("images")).isEmpty();
    }

    @Test
    void sweepsOnlyWhatNobodyNeedsOrHolds() throws Exception {
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        var needed = keep(store, content(8, 1000));
        var orphan = keep(store, content(9, 1000));
        var revived = content(10, 1000);
        keep(store, revived);
        var held = content(11, 1000);
        try (var incoming = store.take(stream(held), announced(held))) {
            incoming.keep();
            int gone = store.sweep(asked -> {
                assertThat(asked).containsExactlyInAnyOrder(needed, orphan, sha256(revived));
                assertThat(keepUnchecked(store, revived)).isEqualTo(sha256(revived)); // while the sweep looks elsewhere
                return Set.of(needed);
            });
            assertThat(gone).isEqualTo(1);
        }
        assertThat(kept("images")).containsExactlyInAnyOrder(needed, sha256(revived), sha256(held));
        assertThat(store.sweep(_ -> Set.of())).isEqualTo(3);
        assertThat(kept("images")).isEmpty();
    }

    @Test
    void killedInTheMiddleItLeavesNothingHalfAndTheNextImportWorks() throws Exception {
        var process = start("images", GIB, 10 << 20);
        try {
            var lines = process.inputReader();
            assertThat(lines.readLine()).isEqualTo("hanging");
            assertThat(incoming("images")).hasSize(1);
        } finally {
            process.destroyForcibly(); // kill -9
            process.waitFor();
        }
        assertThat(incoming("images")).as("what the killed one left").hasSize(1);
        var store = ImageBytes.open(folder.resolve("images"), SETTINGS);
        assertThat(incoming("images")).isEmpty();
        assertThat(kept("images")).isEmpty();
        var bytes = content(12, 1000);
        assertThat(read(store, keep(store, bytes))).isEqualTo(bytes);
    }

    @Test
    void aGibibyteComesInThroughAHeapOfSixteenMebibytes() throws Exception {
        var process = start("images", GIB, GIB);
        try {
            var output = process.inputReader().readAllAsString();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(output.strip()).matches("[0-9a-f]{64}");
            assertThat(process.exitValue()).isZero();
            assertThat(Files.size(folder.resolve("images/kept").resolve(output.strip())))
                    .isEqualTo(GIB);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String name, long announced, long given) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImportProcess.class.getName(),
                        folder.resolve(name).toString(),
                        Long.toString(announced),
                        Long.toString(given))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String keep(ImageBytes store, byte[] bytes) throws IOException {
        try (var incoming = store.take(stream(bytes), announced(bytes))) {
            incoming.keep();
            return incoming.sha256();
        }
    }

    private static String keepUnchecked(ImageBytes store, byte[] bytes) {
        try {
            return keep(store, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(ImageBytes store, String name) throws IOException {
        try (var channel = store.open(name).orElseThrow();
                var in = Channels.newInputStream(channel)) {
            return in.readAllBytes();
        }
    }

    private List<String> incoming(String name) throws IOException {
        return names(folder.resolve(name).resolve("incoming"));
    }

    private List<String> kept(String name) throws IOException {
        return names(folder.resolve(name).resolve("kept"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static Announced announced(byte[] bytes) {
        return new Announced(bytes.length, Optional.empty());
    }

    private static byte[] content(long seed, int bytes) {
        var content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(String code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
    }
}
