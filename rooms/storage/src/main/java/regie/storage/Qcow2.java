package regie.storage;

import regie.kernel.Refused;

/**
 * The header of a qcow2 image (QEMU's docs/interop/qcow2.txt), read before any other program touches the file: an image that
 * names other files would make that program open them.
 */
final class Qcow2 {
    private static final int CORRUPT = 1 << 1;
    private static final int EXTERNAL_DATA = 1 << 2;
    /** Dirty, corrupt, external data, compression type, extended L2 entries. */
    private static final int KNOWN_FEATURES = 0b11111;

    private static final int VERSION_2_BYTES = 72;
    private static final int VERSION_3_BYTES = 104;
    private static final long EXTENSION_END = 0;
    private static final long EXTENSION_ENCRYPTION = 0x0537_BE77L;
    private static final long EXTENSION_EXTERNAL_DATA = 0x4441_5441L;
    private static final int EXTENSIONS_MAX = 32;
    private static final int NAME_MAX = 1023;

    private final Head head;

    private Qcow2(Head head) {
        this.head = head;
    }

    static boolean is(Head head) {
        return head.has(0, "514649fb");
    }

    /**
     * @return size of the disk that its guest sees, in bytes
     * @throws Refused with {@link StorageRefusal} where it names other files, is encrypted, or makes no sense
     */
    static long diskBytes(Head head, long bytesMax) {
        return new Qcow2(head).check(bytesMax);
    }

    private long check(long bytesMax) {
        long version = head.number32(4);
        if (version != 2 && version != 3) throw damaged("its version is %d; 2 and 3 are known".formatted(version));
        if (head.fileBytes() < (version == 2 ? VERSION_2_BYTES : VERSION_3_BYTES))
            throw damaged("its header is cut off");
        if (head.number64(8) != 0 || head.number32(16) != 0)
            throw new StorageRefusal.BackingFile(backingFile()).asException();
        if (head.number32(32) != 0) throw new StorageRefusal.Encrypted().asException();
        long headerBytes = VERSION_2_BYTES;
        if (version == 3) {
            checkFeatures(head.number64(72));
            headerBytes = head.number32(100);
        }
        checkExtensions(headerBytes);
        long clusterBits = head.number32(20);
        if (clusterBits < 9 || clusterBits > 21) throw damaged("its clusters have 2^%d bytes".formatted(clusterBits));
        long bytes = head.number64(24);
        if (bytes <= 0 || bytes > bytesMax) throw new StorageRefusal.DiskTooLarge(bytes, bytesMax).asException();
        return bytes;
    }

    private String backingFile() {
        long offset = head.number64(8);
        long length = head.number32(16);
        if (offset == 0 || length > NAME_MAX || !head.holds(offset, length)) return "";
        return head.text((int) offset, (int) length).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static void checkFeatures(long incompatible) {
        if ((incompatible & EXTERNAL_DATA) != 0) throw new StorageRefusal.ExternalData().asException();
        if ((incompatible & CORRUPT) != 0) throw damaged("it is marked as corrupt");
        if ((incompatible & ~KNOWN_FEATURES) != 0) {
            throw damaged("it needs features that are not known here (%x)".formatted(incompatible));
        }
    }

    private void checkExtensions(long headerBytes) {
        long at = headerBytes;
        for (int count = 0; count < EXTENSIONS_MAX; count++) {
            if (!head.holds(at, 8)) throw damaged("its header's extensions have no end");
            long type = head.number32((int) at);
            long length = head.number32((int) at + 4);
            if (type == EXTENSION_END) return;
            if (type == EXTENSION_EXTERNAL_DATA) throw new StorageRefusal.ExternalData().asException();
            if (type == EXTENSION_ENCRYPTION) throw new StorageRefusal.Encrypted().asException();
            at += 8 + (length + 7) / 8 * 8;
        }
        throw damaged("its header has too many extensions");
    }

    private static Refused damaged(String why) {
        return new StorageRefusal.Damaged(why).asException();
    }
}
