package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import regie.agent.contract.Artifact;

/** Guests' disks: sparse qcow2 files, made and changed by {@code qemu-img} while the guest is off. */
final class DiskImage {
    private static final long SECONDS_MAX = 60;
    private static final long GIB = 1L << 30;
    private static final Pattern VIRTUAL_SIZE = Pattern.compile("\"virtual-size\": (\\d+)");

    private DiskImage() {}

    static void blank(Path disk, long sizeGiB) throws IOException {
        run("create", "-q", "-f", "qcow2", disk.toString(), sizeGiB + "G");
    }

    /** A disk that begins with the content of {@code base} and stores only what differs from it. */
    static void overlay(Path disk, Path base, Artifact.Format format, long sizeGiB) throws IOException {
        var driver = format == Artifact.Format.QCOW2 ? "qcow2" : "raw";
        long bytes = virtualSize(base, driver);
        // qemu-img would make a smaller disk without a word, and cut off the end of the file system.
        if (bytes > sizeGiB * GIB) {
            throw new IOException(String.format(
                    Locale.ROOT, "the image is %.2f GiB and the guest's disk %d GiB", (double) bytes / GIB, sizeGiB));
        }
        run("create", "-q", "-f", "qcow2", "-F", driver, "-b", base.toString(), disk.toString(), sizeGiB + "G");
    }

    /** Makes the disk {@code sizeGiB} large; nothing where it is as large or larger, for data would be lost. */
    static void grow(Path disk, long sizeGiB) throws IOException {
        if (virtualSize(disk, "qcow2") < sizeGiB * GIB)
            run("resize", "-q", "-f", "qcow2", disk.toString(), sizeGiB + "G");
    }

    private static long virtualSize(Path image, String driver) throws IOException {
        var size = VIRTUAL_SIZE.matcher(run("info", "--output=json", "-f", driver, image.toString()));
        if (!size.find()) throw new IOException("qemu-img does not tell the size of " + image);
        return Long.parseLong(size.group(1));
    }

    private static String run(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        return Command.run(SECONDS_MAX, command);
    }
}
