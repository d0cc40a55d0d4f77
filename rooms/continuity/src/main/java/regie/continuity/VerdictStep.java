package regie.continuity;

import java.util.Optional;
import java.util.UUID;
import regie.compute.Watched;

/** One decision of a plan. */
public sealed interface VerdictStep {
    /** A server is missed: from here on proof is looked for. */
    record Suspect(Watched host, Suspicion suspicion) implements VerdictStep {}

    /** Its controller is asked how its power is. */
    record Ask(Verdict verdict) implements VerdictStep {}

    /** From here on nobody grants it a lease. */
    record Condemn(Verdict verdict) implements VerdictStep {}

    /** Its controller is told to cut its power. */
    record CutPower(Verdict verdict) implements VerdictStep {}

    /** Nothing of it runs. */
    record Declare(Verdict verdict, String proof) implements VerdictStep {}

    /** It is heard again, and nothing was started elsewhere. */
    record Acquit(Verdict verdict) implements VerdictStep {}

    /** It has come back clean: it may have leases again. */
    record Lift(UUID server) implements VerdictStep {}

    /** @param site empty for the whole estate */
    record BeginStorm(Optional<String> site, int missing, int hosts) implements VerdictStep {}

    record EndStorm(String storm) implements VerdictStep {}
}
