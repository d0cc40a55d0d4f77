package regie.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import regie.kernel.Fault;

/** What imports under way will still write, so that together they do not fill the disk. */
final class Reservation {
    private final Path folder;
    private final long freeBytesMin;
    private final AtomicLong outstanding = new AtomicLong();

    Reservation(Path folder, long freeBytesMin) {
        this.folder = folder;
        this.freeBytesMin = freeBytesMin;
    }

    /** @throws regie.kernel.Refused with {@link StorageRefusal.NoDiskSpace} */
    Reserved of(long bytes) {
        long free = usable() - outstanding.getAndAdd(bytes) - freeBytesMin;
        var reserved = new Reserved(bytes);
        if (bytes <= free) return reserved;
        reserved.close();
        throw new StorageRefusal.NoDiskSpace(bytes, Math.max(0, free)).asException();
    }

    private long usable() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new Fault("can't see how much room there is in " + folder, e);
        }
    }

    /** The part of one import; used by its one thread. */
    final class Reserved implements AutoCloseable {
        private long left;

        private Reserved(long bytes) {
            this.left = bytes;
        }

        void used(long bytes) {
            left -= bytes;
            outstanding.addAndGet(-bytes);
        }

        @Override
        public void close() {
            used(left);
        }
    }
}
