package regie.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.agent.contract.Artifact.Format;
import regie.agent.contract.Artifact.Role;
import regie.kernel.Refused;

/** What a file is, by its content: images of the real tool, and the table of those that are malformed or hostile. */
class ImageCheckTest {
    private static final int MIB = 1 << 20;
    private static final StorageSettings SETTINGS = new StorageSettings(64 * MIB, 1L << 40, 0, 2);

    @TempDir
    private Path folder = Path.of("");

    private final ImageCheck check = new ImageCheck(SETTINGS);

    @FunctionalInterface
    interface Making {
        Path in(Path folder) throws IOException;
    }

    /** @param code of the refusal; empty where the file is taken */
    record Sample(String name, boolean tool, Role role, String code, String says, Making making) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Sample bad(String name, Role role, String code, String says, Making making) {
        return new Sample(name, false, role, code, says, making);
    }

    private static Sample badQcow2(String name, String code, String says, long offset, String patch) {
        return new Sample(name, true, Role.DISK, code, says, folder -> Images.patch(qcow2(folder), offset, patch));
    }

    private static Sample tool(String name, Role role, String code, String says, Making making) {
        return new Sample(name, true, role, code, says, making);
    }

    private static Path qcow2(Path folder) throws IOException {
        var raw = Images.raw(folder.resolve("raw"), 4 * MIB);
        return Images.convert(raw, folder.resolve("image"), "qcow2");
    }

    private static Path converted(Path folder, String format) throws IOException {
        return Images.convert(Images.raw(folder.resolve("raw"), 4 * MIB), folder.resolve("image"), format);
    }

    static Stream<Sample> refused() {
        return Stream.of(
                // qcow2 that reaches outside itself
                tool(
                        "qcow2 with a backing file",
                        Role.DISK,
                        "image-backing-file",
                        "/etc/shadow",
                        folder -> Images.create(
                                folder.resolve("image"), "qcow2", "1M", "-u", "-b", "/etc/shadow", "-F", "raw")),
                badQcow2(
                        "backing file whose name lies outside the header",
                        "image-backing-file",
                        "unnamed",
                        8,
                        "7fffffffffffffff000003ff"),
                badQcow2(
                        "backing file at an offset beyond all numbers",
                        "image-backing-file",
                        "unnamed",
                        8,
                        "ffffffffffffffff00000010"),
                badQcow2("backing file with a name but no offset", "image-backing-file", "unnamed", 16, "00000005"),
                tool(
                        "qcow2 with an external data file",
                        Role.DISK,
                        "image-external-data",
                        "another file",
                        folder -> Images.create(
                                folder.resolve("image"), "qcow2", "1M", "-o", "data_file=" + folder.resolve("data"))),
                badQcow2(
                        "only the bit of an external data file",
                        "image-external-data",
                        "another file",
                        72,
                        "0000000000000004"),
                badQcow2(
                        "only the extension of an external data file",
                        "image-external-data",
                        "another file",
                        112,
                        "44415441"),
                // encrypted
                tool(
                        "qcow2 with LUKS inside",
                        Role.DISK,
                        "image-encrypted",
                        "key",
                        folder -> Images.create(
                                folder.resolve("image"),
                                "qcow2",
                                "1M",
                                "--object",
                                "secret,id=s,data=word",
                                "-o",
                                "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10")),
                badQcow2("old AES encryption", "image-encrypted", "key", 32, "00000001"),
                badQcow2("an encryption nobody knows", "image-encrypted", "key", 32, "000000ff"),
                // sizes
                tool(
                        "two TiB of disk in a small file",
                        Role.DISK,
                        "image-disk-too-large",
                        "2199023255552",
                        folder -> Images.create(folder.resolve("image"), "qcow2", "2T")),
                badQcow2("a disk of 2^63 bytes", "image-disk-too-large", "from 1 to", 24, "8000000000000000"),
                badQcow2("a disk of no bytes", "image-disk-too-large", "from 1 to", 24, "0000000000000000"),
                // qcow2 that makes no sense
                badQcow2("version 1", "image-damaged", "version is 1", 4, "00000001"),
                badQcow2("version 4", "image-damaged", "version is 4", 4, "00000004"),
                badQcow2("clusters of two bytes", "image-damaged", "2^1 bytes", 20, "00000001"),
                badQcow2("clusters of 2^64 bytes", "image-damaged", "2^64 bytes", 20, "00000040"),
                badQcow2("a feature of the future", "image-damaged", "not known here", 72, "0000000000000100"),
                badQcow2("marked as corrupt", "image-damaged", "corrupt", 72, "0000000000000002"),
                badQcow2("extensions without an end", "image-damaged", "extensions", 112, "12345678ffffffff"),
                badQcow2("its first table far outside", "image-damaged", "", 40, "00007fffffff0000"),
                badQcow2("its first table of 2^32 entries", "image-damaged", "", 36, "ffffffff"),
                badQcow2("its counters far outside", "image-damaged", "", 48, "00007fffffff0000"),
                badQcow2("65535 snapshots that are not there", "image-damaged", "", 60, "0000ffff"),
                tool(
                        "cut off in the middle",
                        Role.DISK,
                        "image-damaged",
                        "",
                        folder -> Images.truncate(qcow2(folder), 200_000)),
                bad(
                        "only the first four bytes of a qcow2",
                        Role.DISK,
                        "image-damaged",
                        "version is 0",
                        folder -> Images.patch(Images.text(folder.resolve("image"), ""), 0, "514649fb")),
                bad(
                        "a header that is cut off",
                        Role.DISK,
                        "image-damaged",
                        "cut off",
                        folder -> Images.patch(Images.text(folder.resolve("image"), ""), 0, "514649fb00000003")),
                // other formats
                tool(
                        "VMDK",
                        Role.DISK,
                        "image-format-refused",
                        "qemu-img convert",
                        folder -> converted(folder, "vmdk")),
                bad(
                        "a VMDK descriptor that names another file",
                        Role.DISK,
                        "image-format-refused",
                        "VMDK",
                        folder -> Images.text(
                                folder.resolve("image"), "# Disk DescriptorFile\nRW 63 FLAT \"/etc/shadow\" 0\n")),
                bad(
                        "the same behind an empty line",
                        Role.DISK,
                        "image-format-refused",
                        "VMDK",
                        folder -> Images.text(
                                folder.resolve("image"), "\n\n# Disk DescriptorFile\nRW 63 FLAT \"/etc/shadow\" 0\n")),
                tool("VHD", Role.DISK, "image-format-refused", "VHD", folder -> converted(folder, "vpc")),
                tool("VHDX", Role.DISK, "image-format-refused", "VHDX", folder -> converted(folder, "vhdx")),
                tool("VDI", Role.DISK, "image-format-refused", "VDI", folder -> converted(folder, "vdi")),
                tool("QED", Role.DISK, "image-format-refused", "QED", folder -> converted(folder, "qed")),
                tool(
                        "Parallels",
                        Role.DISK,
                        "image-format-refused",
                        "Parallels",
                        folder -> converted(folder, "parallels")),
                bad(
                        "a fixed VHD, which has only a footer",
                        Role.DISK,
                        "image-format-refused",
                        "VHD",
                        folder -> Images.patch(Images.raw(folder.resolve("image"), MIB), -512, "636f6e6563746978")),
                bad(
                        "a LUKS container",
                        Role.DISK,
                        "image-format-refused",
                        "LUKS",
                        folder -> Images.patch(Images.raw(folder.resolve("image"), MIB), 0, "4c554b53babe")),
                bad(
                        "packed with gzip",
                        Role.DISK,
                        "image-format-refused",
                        "Unpack it",
                        folder -> Images.patch(Images.raw(folder.resolve("image"), MIB), 0, "1f8b08")),
                bad(
                        "packed with xz",
                        Role.DISK,
                        "image-format-refused",
                        "Unpack it",
                        folder -> Images.patch(Images.raw(folder.resolve("image"), MIB), 0, "fd377a585a00")),
                bad(
                        "an OVA",
                        Role.DISK,
                        "image-format-refused",
                        "tar",
                        folder -> Images.patch(Images.raw(folder.resolve("image"), MIB), 257, "7573746172")),
                bad(
                        "an ISO for a disk",
                        Role.DISK,
                        "image-format-refused",
                        "boot cdrom",
                        folder -> Images.iso(folder.resolve("image"), 32, 32)),
                bad(
                        "a page of text",
                        Role.DISK,
                        "image-format-unknown",
                        "neither qcow2",
                        folder -> Images.text(folder.resolve("image"), "<html>404</html>")),
                bad(
                        "a disk without a boot sector",
                        Role.DISK,
                        "image-format-unknown",
                        "boot sector",
                        folder -> Images.truncate(Images.text(folder.resolve("image"), ""), MIB)),
                // media, kernels, initial RAM disks
                bad(
                        "a medium of which half is missing",
                        Role.CDROM,
                        "image-damaged",
                        "81920",
                        folder -> Images.iso(folder.resolve("image"), 40, 20)),
                tool("a qcow2 for a medium", Role.CDROM, "image-format-refused", "boot disk", ImageCheckTest::qcow2),
                bad(
                        "a text for a medium",
                        Role.CDROM,
                        "image-format-unknown",
                        "ISO 9660",
                        folder -> Images.text(folder.resolve("image"), "no medium")),
                bad(
                        "a script for a kernel",
                        Role.KERNEL,
                        "image-format-unknown",
                        "kernel",
                        folder -> Images.text(folder.resolve("image"), "#!/bin/sh\n")),
                bad(
                        "a text for an initial RAM disk",
                        Role.INITRD,
                        "image-format-unknown",
                        "cpio",
                        folder -> Images.text(folder.resolve("image"), "initrd")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithTheReason(Sample sample) throws IOException {
        assumeTrue(!sample.tool() || Images.hasQemuImg(), "no qemu-img (package qemu-utils) on this machine");
        var file = sample.making().in(folder);
        assertThatThrownBy(() -> check.check(file, sample.role())).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.refusal().code()).isEqualTo(sample.code());
            assertThat(e.refusal().detail()).contains(sample.says()).doesNotContain(folder.toString());
        });
    }

    static Stream<Sample> taken() {
        return Stream.of(
                tool("qcow2", Role.DISK, "qcow2", "4194304", ImageCheckTest::qcow2),
                tool(
                        "qcow2 of version 2",
                        Role.DISK,
                        "qcow2",
                        "1048576",
                        folder -> Images.create(folder.resolve("image"), "qcow2", "1M", "-o", "compat=0.10")),
                tool(
                        "compressed qcow2",
                        Role.DISK,
                        "qcow2",
                        "4194304",
                        folder -> Images.qemuImg(
                                folder.resolve("image"),
                                List.of(
                                        "convert",
                                        "-c",
                                        "-f",
                                        "raw",
                                        "-O",
                                        "qcow2",
                                        Images.raw(folder.resolve("raw"), 4 * MIB)
                                                .toString(),
                                        folder.resolve("image").toString()))),
                tool(
                        "qcow2 with zstd and extended entries",
                        Role.DISK,
                        "qcow2",
                        "1073741824",
                        folder -> Images.create(
                                folder.resolve("image"),
                                "qcow2",
                                "1G",
                                "-o",
                                "compression_type=zstd,extended_l2=on,cluster_size=128k")),
                tool(
                        "a TiB of disk in a small file",
                        Role.DISK,
                        "qcow2",
                        "1099511627776",
                        folder -> Images.create(folder.resolve("image"), "qcow2", "1T")),
                bad("raw", Role.DISK, "raw", "1048576", folder -> Images.raw(folder.resolve("image"), MIB)),
                bad(
                        "qcow2 by name, raw by content",
                        Role.DISK,
                        "raw",
                        "1048576",
                        folder -> Images.raw(folder.resolve("image.qcow2"), MIB)),
                bad("ISO", Role.CDROM, "iso", "81920", folder -> Images.iso(folder.resolve("image"), 40, 40)),
                bad(
                        "vmlinux",
                        Role.KERNEL,
                        "raw",
                        "0",
                        folder -> Images.patch(Images.text(folder.resolve("image"), "?"), 0, "7f454c46")),
                bad(
                        "bzImage",
                        Role.KERNEL,
                        "raw",
                        "0",
                        folder -> Images.patch(Images.raw(folder.resolve("image"), 4096), 0x202, "48647253")),
                bad("cpio", Role.INITRD, "raw", "0", folder -> Images.text(folder.resolve("image"), "070701")),
                bad(
                        "zstd",
                        Role.INITRD,
                        "raw",
                        "0",
                        folder -> Images.patch(Images.text(folder.resolve("image"), "?"), 0, "28b52ffd")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void tellsFormatAndSize(Sample sample) throws IOException {
        assumeTrue(!sample.tool() || Images.hasQemuImg(), "no qemu-img (package qemu-utils) on this machine");
        var checked = check.check(sample.making().in(folder), sample.role());
        assertThat(checked.format().name()).isEqualToIgnoringCase(sample.code());
        assertThat(checked.diskBytes()).isEqualTo(Long.parseLong(sample.says()));
    }

    @Test
    void saysWhatToInstallWhereTheToolIsMissing() throws IOException {
        assumeTrue(Images.hasQemuImg(), "no qemu-img (package qemu-utils) on this machine, so no image to try");
        var without = new ImageCheck(SETTINGS, new QemuImg(List.of(Files.createDirectory(folder.resolve("empty")))));
        var image = qcow2(folder);
        assertThatThrownBy(() -> without.check(image, Role.DISK))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().detail()).contains("qemu-utils"));
        assertThat(without.check(Images.raw(folder.resolve("disk"), MIB), Role.DISK)
                        .format())
                .isEqualTo(Format.RAW);
    }
}
