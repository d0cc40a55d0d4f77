package regie.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import regie.kernel.Spec.Reference;

/** What a machine needs to be there. */
final class References {
    private References() {}

    static List<Reference> of(
            String prefix, String flavor, String image, Optional<String> keypair, Optional<String> site) {
        var references = new ArrayList<Reference>();
        references.add(new Reference(prefix + "flavor", "Flavor", flavor));
        references.add(new Reference(prefix + "image", "Image", image));
        keypair.ifPresent(name -> references.add(new Reference(prefix + "keypair", "Keypair", name)));
        site.ifPresent(name -> references.add(new Reference(prefix + "site", "Site", name)));
        return references;
    }
}
