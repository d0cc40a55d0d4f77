package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** A way for packets between two ends: a cable, a fibre, a circuit, a peering. */
public record LinkSpec(
        @About("one end") Endpoint from,
        @About("the other end") Endpoint to,
        @About("what carries it") Medium medium,

        @Min(1) @Max(100_000_000) @About("capacity each way, in Mbit/s")
        int capacityMbps,

        @Min(1) @Max(1_000_000) @About("latency one way, in microseconds")
        Optional<Integer> latencyMicros,

        @Size(min = 1, max = 100) @About("who runs it, such as Cogent; absent where it is our own")
        Optional<String> carrier)
        implements Spec {

    public enum Medium {
        FIBRE,
        MPLS,
        TRANSIT,
        PEERING,
        COPPER
    }

    /** Exactly one of the three. */
    public record Endpoint(
            @About("name of a site") Optional<String> site,
            @About("name of a device") Optional<String> device,

            @Size(min = 1, max = 100) @About("a network that is not ours: a carrier, an exchange, a customer")
            Optional<String> outside) {

        private List<String> given() {
            return Stream.of(
                            site.map(_ -> "site").stream(),
                            device.map(_ -> "device").stream(),
                            outside.map(_ -> "outside").stream())
                    .flatMap(each -> each)
                    .toList();
        }

        private Stream<Reference> references(String field) {
            return Stream.concat(
                    site.map(name -> new Reference(field + ".site", "Site", name)).stream(),
                    device.map(name -> new Reference(field + ".device", "Device", name)).stream());
        }

        @Override
        public String toString() {
            return Stream.of(site, device, outside)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse("");
        }
    }

    public LinkSpec {
        one("from", from);
        one("to", to);
        BadField.unless(!from.equals(to), "to", to, "another end than from");
        BadField.unless(
                from.outside().isEmpty() || to.outside().isEmpty(), "to", to, "a site or device of ours at one end");
    }

    @Override
    public List<Reference> references() {
        return Stream.concat(from.references("from"), to.references("to")).toList();
    }

    private static void one(String field, Endpoint end) {
        var given = end.given();
        var shown = given.isEmpty() ? "empty" : String.join(" and ", given) + " at once";
        BadField.unless(given.size() == 1, field, shown, "exactly one of site, device and outside");
    }
}
