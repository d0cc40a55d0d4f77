package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import regie.kernel.About;

/** What becomes of a machine whose server is proven dead, and with it the disk that it had there. */
public record Recovery(
        @Min(0) @Max(100) @About(value = "of several machines the one with more comes back first", otherwise = "50")
        int priority,

        @About(
                "rebuild: it is made anew from its image on another server, and what was on its disk is lost; hold: it"
                        + " waits for its server, or for a rebuild. Absent: hold where it has a disk, rebuild where it has none")
        Optional<Otherwise> otherwise) {
    /** What holds where nothing is declared. */
    static final Recovery DEFAULT = new Recovery(50, Optional.empty());

    /** The disk is gone; what else may be done. */
    public enum Otherwise {
        REBUILD,
        HOLD
    }

    /** @param diskGiB what it had of its server's disks */
    Otherwise otherwise(long diskGiB) {
        return otherwise.orElse(diskGiB > 0 ? Otherwise.HOLD : Otherwise.REBUILD);
    }
}
