package regie.compute;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.About;

/** That a server was proven dead, by what, and whether it has come back since. */
public record Death(
        @About("grows with each death") long number,
        @About("uid of the server") UUID server,
        @About("its name") String name,
        @About("its site") String site,

        @About("since when its machines may be started elsewhere")
        Instant declared,

        @About("what proves that nothing of it runs") String proof,

        @About("when it was back and clean of what was started elsewhere; absent: it is dead")
        Optional<Instant> returned) {}
