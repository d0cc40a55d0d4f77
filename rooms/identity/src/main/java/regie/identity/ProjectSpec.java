package regie.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** A team's part of the estate: its instances, fleets and keys, apart from everybody else's. */
public record ProjectSpec(
        @About("The name that people know it by.") @Size(max = 200)
        Optional<String> title,

        @About("Whom to ask about it: a person, a team or an address.") @Size(max = 200)
        Optional<String> contact,

        @About(
                "How much of the estate its instances and reservations may hold together; without a bound where left out.")
        @Valid
        Optional<Quota> quota,

        @About("What holds for the instances of the project that do not say otherwise.") @Valid
        Optional<Placement> placement)
        implements Spec {

    /** Bounds on what a project holds at once. A switched off instance holds what it holds when it runs. */
    public record Quota(
            @About("instances, and places of reservations") @Min(0)
            Optional<Integer> instances,

            @About("vCPUs") @Min(0) Optional<Integer> vcpus,

            @About("memory in MiB, hugepages included") @Min(0)
            Optional<Long> memoryMiB,

            @About("local disk in GiB") @Min(0) Optional<Long> diskGiB,
            @About("graphics cards of any model") @Min(0) Optional<Integer> gpus,

            @About("virtual functions of network cards") @Min(0)
            Optional<Integer> virtualFunctions,

            @About("guaranteed bandwidth in Mbit/s") @Min(0) Optional<Long> bandwidthMbps,

            @About("addresses of networks, one for each instance that has a place") @Min(0)
            Optional<Integer> addresses) {}

    /** Defaults for the project's instances. */
    public record Placement(
            @Size(max = 6) @About(value = "any one failure of these that each instance survives", otherwise = "[]")
            List<Failure> survives,

            @Min(1) @Max(8) @About("any so many hosts failing at once that each instance survives")
            Optional<Integer> survivesHosts,

            @About("pack: full hosts first; spread: empty ones first; pack where left out")
            Optional<Packing> packing) {
        public Placement {
            survives = List.copyOf(survives);
            BadField.unless(
                    new HashSet<>(survives).size() == survives.size(),
                    "survives",
                    survives,
                    "each failure domain once");
        }
    }

    /** What fails as one; the words of an instance's placement. */
    public enum Failure {
        HOST,
        RACK,
        FEED,
        SWITCH_PAIR,
        ROOM,
        SITE
    }

    public enum Packing {
        PACK,
        SPREAD
    }
}
