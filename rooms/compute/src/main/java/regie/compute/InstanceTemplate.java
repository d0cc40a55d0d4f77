package regie.compute;

import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;

/** What the members of a fleet have in common. */
public record InstanceTemplate(
        @About("name of the flavor") String flavor,
        @About("name of the image") String image,
        @About("name of the keypair in the same project") Optional<String> keypair,
        @About("only on servers of this site") Optional<String> site,
        @About("cloud-init user data, handed over as it is") Optional<@Size(max = 65536) String> userData) {

    InstanceSpec member(Optional<AntiAffinity> antiAffinity, Optional<PlacementSpec> placement, String group) {
        return new InstanceSpec(
                flavor,
                image,
                keypair,
                site,
                userData,
                InstanceSpec.Power.ON,
                antiAffinity,
                Optional.of(group),
                0,
                0,
                placement);
    }

    /** Whether {@code member} looks as this says. */
    boolean fits(InstanceSpec member) {
        return flavor.equals(member.flavor())
                && image.equals(member.image())
                && keypair.equals(member.keypair())
                && site.equals(member.site())
                && userData.equals(member.userData());
    }

    List<regie.kernel.Spec.Reference> references(String prefix) {
        return References.of(prefix, flavor, image, keypair, site);
    }
}
