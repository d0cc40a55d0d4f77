package regie.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import regie.kernel.BadField;
import regie.kernel.Spec.Reference;

/** What servers and devices have in common: where they stand and what feeds them. */
final class Mounting {
    private Mounting() {}

    static void check(Optional<String> rack, Optional<Integer> position) {
        BadField.unless(
                position.isEmpty() || rack.isPresent(),
                "position",
                position.map(String::valueOf).orElse("missing"),
                "a rack beside it; add rack, or leave position out");
    }

    static List<Reference> references(String site, Optional<String> rack, List<PowerSupply> supplies) {
        var references = new ArrayList<Reference>();
        references.add(new Reference("site", "Site", site));
        rack.ifPresent(name -> references.add(new Reference("rack", "Rack", name)));
        for (int at = 0; at < supplies.size(); at++) {
            references.add(new Reference(
                    "powerSupplies." + at + ".feed", "Feed", supplies.get(at).feed()));
        }
        return references;
    }
}
