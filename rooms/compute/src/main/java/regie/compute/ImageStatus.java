package regie.compute;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.agent.contract.Artifact;
import regie.agent.contract.Artifact.Role;
import regie.kernel.Status;

/**
 * What is there of an image.
 *
 * @param artifacts the files by their content; all that {@link ImageSpec#boot} needs once it is ready
 * @param diskGiB size of the disk that its guest sees, rounded up; 0 where it brings none
 */
public record ImageStatus(State state, List<Artifact> artifacts, long diskGiB) implements Status {
    public enum State {
        /** Its bytes were not imported yet, or not all. */
        EMPTY,
        READY
    }

    static final ImageStatus FRESH = new ImageStatus(State.EMPTY, List.of());

    public ImageStatus {
        artifacts = List.copyOf(artifacts);
    }

    ImageStatus(State state, List<Artifact> artifacts) {
        this(state, artifacts, 0);
    }

    /** Whether all is there that {@code boot} needs; the spec may have changed since the import. */
    boolean serves(ImageSpec.Boot boot) {
        return boot.roles().stream().allMatch(role -> artifact(role).isPresent());
    }

    Optional<Artifact> artifact(Role role) {
        return artifacts.stream().filter(each -> each.role() == role).findFirst();
    }

    /** With one more file, and without those that {@code boot} has no use for. */
    ImageStatus with(Artifact more, long diskGiBOfMore, ImageSpec.Boot boot) {
        var files = Stream.concat(artifacts.stream().filter(each -> each.role() != more.role()), Stream.of(more))
                .filter(each -> boot.roles().contains(each.role()))
                .sorted(Comparator.comparing(Artifact::role))
                .toList();
        var status = new ImageStatus(State.EMPTY, files, diskGiBOfMore);
        return status.serves(boot) ? new ImageStatus(State.READY, files, diskGiBOfMore) : status;
    }
}
