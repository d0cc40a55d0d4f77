package regie.storage;

import java.nio.file.Path;

/**
 * One file that came in whole and as announced. It lies aside until it is kept; closing it drops what was not kept. Until then
 * no sweep takes its bytes, so that there is time to write down who needs them.
 */
public final class Incoming implements AutoCloseable {
    private final ImageBytes store;
    private final Path file;
    private final String sha256;
    private final long bytes;
    private boolean kept;

    Incoming(ImageBytes store, Path file, String sha256, long bytes) {
        this.store = store;
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    /** Where it lies now; to be read only. */
    public Path file() {
        return kept ? store.path(sha256) : file;
    }

    public String sha256() {
        return sha256;
    }

    public long bytes() {
        return bytes;
    }

    /** Makes it durable under its content's name. Where the same content is there already, it stays one file. */
    public void keep() {
        if (kept) return;
        store.keep(file, sha256);
        kept = true;
    }

    @Override
    public void close() {
        store.release(file, sha256, kept);
    }
}
