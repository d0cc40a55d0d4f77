package regie.agent.contract;

/**
 * A file that a guest boots from, named by its content.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes size of the file
 */
public record Artifact(Role role, Format format, String sha256, long bytes) {
    public Artifact {
        if (!sha256.matches("[0-9a-f]{64}")) throw new IllegalArgumentException("not a sha256: " + sha256);
        if (bytes <= 0) throw new IllegalArgumentException("bytes %d <= 0".formatted(bytes));
    }

    public enum Role {
        KERNEL,
        INITRD,
        DISK,
        CDROM
    }

    public enum Format {
        RAW,
        QCOW2,
        ISO
    }
}
