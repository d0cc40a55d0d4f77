package regie.compute;

import java.time.Instant;
import java.util.Optional;
import regie.kernel.About;

/** What a fleet's members are made from. The whole template is kept, so that there is something to go back to. */
public record RevisionStatus(
        @About("what new members are made from") InstanceTemplate template,

        @About("since when all members have run with it; absent where they did not yet")
        Optional<Instant> proven,

        @About("the template that was given up for one that was healthy before")
        Optional<InstanceTemplate> givenUp,

        @About("how far a changed template has come; absent where all members have it")
        Optional<RolloutStatus> rollout) {
    /** The first one: nothing to go back to. */
    static RevisionStatus first(InstanceTemplate template) {
        return new RevisionStatus(template, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The template to go back to, or that was gone back to. */
    Optional<InstanceTemplate> fallback() {
        return givenUp.isPresent() ? Optional.of(template) : rollout.flatMap(RolloutStatus::from);
    }

    RevisionStatus at(RolloutStatus progress) {
        return new RevisionStatus(template, proven, givenUp, Optional.of(progress));
    }

    /** All members are healthy with it. */
    RevisionStatus proven(Instant now) {
        return new RevisionStatus(template, Optional.of(proven.orElse(now)), givenUp, Optional.empty());
    }
}
