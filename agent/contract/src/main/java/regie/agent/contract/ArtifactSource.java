package regie.agent.contract;

import java.io.IOException;
import java.nio.file.Path;

/** Where an engine gets the files that guests boot from. */
public interface ArtifactSource {
    /**
     * A local, read-only, verified copy. Takes as long as the transfer does; callers on one artifact share one transfer.
     *
     * @throws IOException where it can't be had or its content does not match
     */
    Path fetch(Artifact artifact) throws IOException;
}
