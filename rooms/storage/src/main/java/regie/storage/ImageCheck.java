package regie.storage;

import java.nio.file.Path;
import java.util.stream.Stream;
import regie.agent.contract.Artifact.Format;
import regie.agent.contract.Artifact.Role;
import regie.kernel.Refused;

/** What a file is, by its content and never by its name, and whether a guest can be given it. */
public final class ImageCheck {
    private static final int ISO_SECTOR = 2048;
    private static final int ISO_DESCRIPTOR = 16 * ISO_SECTOR;
    private static final String CDROM_REMEDY = "Declare the image with boot cdrom";
    private static final String DISK_REMEDY = "Declare the image with boot disk";

    private final StorageSettings settings;
    private final QemuImg qemuImg;

    public ImageCheck(StorageSettings settings) {
        this(settings, QemuImg.onPath());
    }

    ImageCheck(StorageSettings settings, QemuImg qemuImg) {
        this.settings = settings;
        this.qemuImg = qemuImg;
    }

    /** @param diskBytes size of the disk or medium as its guest sees it; 0 where there is none */
    public record Checked(Format format, long diskBytes) {}

    /**
     * May take seconds.
     *
     * @throws Refused with {@link StorageRefusal} where {@code file} is no such thing as {@code role} needs
     */
    public Checked check(Path file, Role role) {
        var head = Head.of(file);
        return switch (role) {
            case KERNEL -> kernel(head);
            case INITRD -> initrd(head);
            case DISK -> disk(file, head);
            case CDROM -> cdrom(head);
        };
    }

    /** What QEMU starts directly: an ELF file or a bzImage. */
    private static Checked kernel(Head head) {
        if (head.has(0, "7f454c46") || head.hasText(0x202, "HdrS")) return new Checked(Format.RAW, 0);
        throw unknown("a Linux kernel", "it begins like neither vmlinux (ELF) nor bzImage");
    }

    /** What the kernel unpacks: cpio, plain or in one of its compressions. */
    private static Checked initrd(Head head) {
        boolean cpio = head.hasText(0, "070701") || head.hasText(0, "070702");
        boolean packed = Stream.of("1f8b", "fd377a585a00", "28b52ffd", "02214c18", "5d0000", "425a68", "894c5a4f")
                .anyMatch(mark -> head.has(0, mark));
        if (cpio || packed) return new Checked(Format.RAW, 0);
        throw unknown("an initial RAM disk", "it begins like neither a cpio archive nor a compressed one");
    }

    private Checked disk(Path file, Head head) {
        if (Qcow2.is(head)) {
            long bytes = Qcow2.diskBytes(head, settings.diskBytesMax());
            qemuImg.check(file, bytes);
            return new Checked(Format.QCOW2, bytes);
        }
        refuseForeign(head);
        if (isIso(head)) throw new StorageRefusal.OtherFormat("an ISO 9660 medium", CDROM_REMEDY).asException();
        boolean bootSector = head.has(510, "55aa");
        if (!bootSector) throw unknown("a disk image", "it is neither qcow2 nor a raw disk with a boot sector or GPT");
        if (head.fileBytes() > settings.diskBytesMax()) {
            throw new StorageRefusal.DiskTooLarge(head.fileBytes(), settings.diskBytesMax()).asException();
        }
        return new Checked(Format.RAW, head.fileBytes());
    }

    private static Checked cdrom(Head head) {
        if (Qcow2.is(head)) throw new StorageRefusal.OtherFormat("a qcow2 image", DISK_REMEDY).asException();
        refuseForeign(head);
        if (!isIso(head)) throw unknown("an installation medium", "it has no ISO 9660 descriptor");
        // ECMA-119, 8.4.8 and 8.4.12: in both byte orders, of which the little-endian one comes first.
        long bytes = head.little32(ISO_DESCRIPTOR + 80) * (head.little32(ISO_DESCRIPTOR + 128) & 0xffff);
        if (bytes > head.fileBytes()) {
            throw new StorageRefusal.Damaged(
                            "the medium has %d bytes, of which %d are there".formatted(bytes, head.fileBytes()))
                    .asException();
        }
        return new Checked(Format.ISO, head.fileBytes());
    }

    private static boolean isIso(Head head) {
        return head.has(ISO_DESCRIPTOR, "01") && head.hasText(ISO_DESCRIPTOR + 1, "CD001");
    }

    private static void refuseForeign(Head head) {
        Foreign.of(head).ifPresent(foreign -> {
            throw new StorageRefusal.OtherFormat(foreign.format(), foreign.remedy()).asException();
        });
    }

    private static Refused unknown(String expected, String seen) {
        return new StorageRefusal.UnknownFormat(expected, seen).asException();
    }
}
