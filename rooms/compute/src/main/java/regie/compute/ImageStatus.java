package regie.compute;

import java.util.List;
import regie.agent.contract.Artifact;
import regie.kernel.Status;

/**
 * What is there of an image.
 *
 * @param artifacts the files by their content; all that {@link ImageSpec#boot} needs once it is ready
 */
public record ImageStatus(State state, List<Artifact> artifacts) implements Status {
    public enum State {
        /** Its bytes were not imported yet. */
        EMPTY,
        READY
    }

    static final ImageStatus FRESH = new ImageStatus(State.EMPTY, List.of());

    public ImageStatus {
        artifacts = List.copyOf(artifacts);
    }
}
