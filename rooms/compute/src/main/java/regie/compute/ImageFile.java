package regie.compute;

import regie.agent.contract.Artifact;
import regie.kernel.Key;
import regie.storage.Incoming;

/** A file that came in, is what it has to be, and is not its image's yet. Until it is closed, its bytes stay. */
public final class ImageFile implements AutoCloseable {
    private static final long GIB = 1L << 30;

    private final Key image;
    private final Artifact artifact;
    private final long diskBytes;
    private final Incoming incoming;

    ImageFile(Key image, Artifact artifact, long diskBytes, Incoming incoming) {
        this.image = image;
        this.artifact = artifact;
        this.diskBytes = diskBytes;
        this.incoming = incoming;
    }

    Key image() {
        return image;
    }

    Artifact artifact() {
        return artifact;
    }

    /** Of the disk that a guest sees; 0 where the file is none. */
    long diskGiB() {
        return artifact.role() == Artifact.Role.DISK ? Math.ceilDiv(diskBytes, GIB) : 0;
    }

    @Override
    public void close() {
        incoming.close();
    }
}
