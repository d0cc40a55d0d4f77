package regie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes files as they come in: real images by the real tool, and images that somebody tampered with. */
final class Images {
    private static final int TRIES_MAX = 10;

    static final int BOOT_SECTOR_END = 510;

    private Images() {}

    static boolean hasQemuImg() {
        return Files.isExecutable(Path.of("/usr/bin/qemu-img"));
    }

    static Path create(Path file, String format, String size, String... more) {
        var arguments = new ArrayList<>(List.of("create", "-q", "-f", format));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(file.toString(), size));
        return qemuImg(file, arguments);
    }

    /** A raw disk with a boot sector and a little content. */
    static Path raw(Path file, int bytes) throws IOException {
        Files.write(file, new byte[bytes]);
        patch(file, 0, "eb3c90");
        patch(file, bytes / 2, "c0ffee");
        return patch(file, BOOT_SECTOR_END, "55aa");
    }

    static Path convert(Path raw, Path file, String format) {
        return qemuImg(file, List.of("convert", "-f", "raw", "-O", format, raw.toString(), file.toString()));
    }

    static Path qemuImg(Path file, List<String> arguments) {
        var command = new ArrayList<>(List.of("/usr/bin/qemu-img"));
        command.addAll(arguments);
        for (int tries = 1; ; tries++) {
            try {
                var process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int code = process.waitFor();
                // To encrypt, it measures the processor first, and gives up where others take it away meanwhile.
                if (tries < TRIES_MAX && output.contains("Unable to get accurate CPU usage")) continue;
                assertThat(code).as(output).isZero();
                return file;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Overwrites bytes from {@code offset} on; a negative offset counts from the end. */
    static Path patch(Path file, long offset, String hexadecimal) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset < 0 ? access.length() + offset : offset);
            access.write(HexFormat.of().parseHex(hexadecimal));
        }
        return file;
    }

    static Path truncate(Path file, long bytes) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(bytes);
        }
        return file;
    }

    static Path text(Path file, String text) throws IOException {
        return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    /** Descriptor of a medium of {@code sectors} sectors, of which the file has {@code present}. */
    static Path iso(Path file, int sectors, int present) throws IOException {
        Files.write(file, new byte[present * 2048]);
        patch(file, 16 * 2048, "01" + HexFormat.of().formatHex("CD001".getBytes(StandardCharsets.US_ASCII)) + "01");
        patch(file, 16 * 2048 + 80, "%08x".formatted(Integer.reverseBytes(sectors)));
        return patch(file, 16 * 2048 + 128, "0008");
    }
}
