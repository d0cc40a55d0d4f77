package regie.identity;

import jakarta.validation.constraints.Size;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** A team's part of the estate: its instances, fleets and keys, apart from everybody else's. */
public record ProjectSpec(
        @About("The name that people know it by.") @Size(max = 200)
        Optional<String> title,

        @About("Whom to ask about it: a person, a team or an address.") @Size(max = 200)
        Optional<String> contact)
        implements Spec {}
