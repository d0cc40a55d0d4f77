package regie.storage;

import java.util.Map;
import regie.kernel.Refusal;

/** Why this room does not take a file. */
public sealed interface StorageRefusal extends Refusal {

    record TooLarge(long bytes, long bytesMax) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.TOO_LARGE;
        }

        @Override
        public String code() {
            return "image-too-large";
        }

        @Override
        public String detail() {
            return "The file has %d bytes, and at most %d are taken; an operator can raise images.fileGiBMax in the room's settings."
                    .formatted(bytes, bytesMax);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("bytes", bytes, "bytesMax", bytesMax);
        }
    }

    record NoDiskSpace(long bytes, long free) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-no-disk-space";
        }

        @Override
        public String detail() {
            return "The file has %d bytes, and the control room's disk has room for %d more. Delete images that nothing boots from, or enlarge the disk."
                    .formatted(bytes, free);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("bytes", bytes, "free", free);
        }
    }

    record TooManyImports(int most) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.TOO_MUCH;
        }

        @Override
        public String code() {
            return "too-many-imports";
        }

        @Override
        public String detail() {
            return "%d files are coming in, which is the most at one time. Repeat when one of them is done."
                    .formatted(most);
        }
    }

    record BadAnnouncement(String why) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }

        @Override
        public String code() {
            return "bad-announcement";
        }

        @Override
        public String detail() {
            return "The file is announced wrongly: %s.".formatted(why);
        }
    }

    record SizeDiffers(long announced, long came) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-size-differs";
        }

        @Override
        public String detail() {
            return "The file was announced with %d bytes and %s came. Send it again, whole."
                    .formatted(announced, came > announced ? "more" : "only " + came);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("announced", announced, "came", came);
        }
    }

    record ChecksumDiffers(String announced, String came) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-checksum-differs";
        }

        @Override
        public String detail() {
            return "The file was announced with sha256 %s and has %s. Fetch it again from where it came from, or correct the sha256."
                    .formatted(announced, came);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("announced", announced, "came", came);
        }
    }

    record UnknownFormat(String expected, String seen) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-format-unknown";
        }

        @Override
        public String detail() {
            return "The file is not %s: %s.".formatted(expected, seen);
        }
    }

    record OtherFormat(String format, String remedy) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-format-refused";
        }

        @Override
        public String detail() {
            return "The file is %s, which is not taken. %s.".formatted(format, remedy);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("format", format);
        }
    }

    record BackingFile(String name) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-backing-file";
        }

        @Override
        public String detail() {
            return "The qcow2 image is only the difference to another file (%s). Make it whole first: qemu-img convert -O qcow2 FILE WHOLE"
                    .formatted(name.isEmpty() ? "unnamed" : name);
        }
    }

    record ExternalData() implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-external-data";
        }

        @Override
        public String detail() {
            return "The qcow2 image keeps its data in another file. Make it whole first: qemu-img convert -O qcow2 FILE WHOLE";
        }
    }

    record Encrypted() implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-encrypted";
        }

        @Override
        public String detail() {
            return "The image is encrypted, and nobody here has its key. Decrypt it first: qemu-img convert, with its secret.";
        }
    }

    record DiskTooLarge(long bytes, long bytesMax) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-disk-too-large";
        }

        @Override
        public String detail() {
            return "Its guest would see a disk of %d bytes; from 1 to %d are taken. Shrink the disk, or raise images.diskGiBMax in the room's settings."
                    .formatted(bytes, bytesMax);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("bytes", bytes, "bytesMax", bytesMax);
        }
    }

    record Damaged(String why) implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "image-damaged";
        }

        @Override
        public String detail() {
            return "The image is damaged: %s. Fetch it again, or look at it with: qemu-img check".formatted(why);
        }
    }

    record QemuImgMissing() implements StorageRefusal {
        @Override
        public Kind kind() {
            return Kind.IMPOSSIBLE;
        }

        @Override
        public String code() {
            return "qemu-img-missing";
        }

        @Override
        public String detail() {
            return "Disk images are examined with qemu-img, which this control room's machine lacks. Debian and Ubuntu: apt-get install qemu-utils";
        }
    }
}
