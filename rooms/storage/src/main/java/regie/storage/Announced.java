package regie.storage;

import java.util.Optional;

/**
 * What is said of a file before it comes; it has to come like that.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Announced(long bytes, Optional<String> sha256) {
    public Announced {
        if (bytes <= 0) {
            throw new StorageRefusal.BadAnnouncement("its size is %d bytes; expected 1 or more".formatted(bytes))
                    .asException();
        }
        if (sha256.isPresent() && !ImageBytes.isName(sha256.get())) {
            throw new StorageRefusal.BadAnnouncement("its sha256 is no 64 lower-case hexadecimal digits").asException();
        }
    }
}
