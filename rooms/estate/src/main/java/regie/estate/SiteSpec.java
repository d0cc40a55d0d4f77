package regie.estate;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** A place with its own power and network, such as a datacentre hall or a colocation cage. */
public record SiteSpec(
        @About(value = "whether it is planned, operational, in maintenance or retired", otherwise = "\"operational\"")
        State state,

        @Pattern(regexp = "[A-Z]{2}") @About("country by its two letters (ISO 3166-1), such as FR")
        String country,

        @Size(min = 1, max = 100) @About("city, such as Paris")
        String city,

        @Size(min = 1, max = 100) @About("house or colocation provider, such as Equinix PA3")
        Optional<String> facility,

        @Size(max = 8) @About(value = "what the site is for", otherwise = "[]")
        List<Role> roles)
        implements Spec {

    /** Where a site stands in its life. */
    public enum State {
        PLANNED,
        OPERATIONAL,
        MAINTENANCE,
        RETIRED
    }

    /** What a site is for; it may be for several things. */
    public enum Role {
        PRODUCTION,
        /** Takes over where a production site is lost. */
        DISASTER_RECOVERY,
        DEVELOPMENT,
        /** Only votes on which of the other sites is alive. */
        WITNESS,
        OFFICE,
        /** Still runs something, and is to be left. */
        LEGACY
    }

    public SiteSpec {
        roles = List.copyOf(roles);
    }
}
