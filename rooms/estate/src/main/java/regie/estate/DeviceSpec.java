package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** A machine that runs no guests and no agent: network equipment, storage arrays, power distribution. */
public record DeviceSpec(
        @About("name of the site it stands in") String site,
        @About("what it does") Role role,

        @Size(min = 1, max = 100) @About("manufacturer and model, such as Juniper ISG2000")
        Optional<String> model,

        @About("name of the rack it is mounted in") Optional<String> rack,

        @Min(1) @Max(100) @About("lowest rack unit it takes, counted from the bottom")
        Optional<Integer> position,

        @Min(1) @Max(48) @About(value = "height in rack units", otherwise = "1")
        int heightUnits,

        @Size(max = 8) @About(value = "power supplies; one is enough to run", otherwise = "[]")
        List<PowerSupply> powerSupplies)
        implements Spec {

    public enum Role {
        ROUTER,
        SWITCH,
        FIREWALL,
        BALANCER,
        STORAGE,
        /** A power distribution unit. */
        PDU,
        OTHER
    }

    public DeviceSpec {
        powerSupplies = List.copyOf(powerSupplies);
        Mounting.check(rack, position);
    }

    @Override
    public List<Reference> references() {
        return Mounting.references(site, rack, powerSupplies);
    }
}
