package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** One virtual machine. */
public record InstanceSpec(
        @About("name of the flavor") String flavor,

        @About("name of the image; another one takes effect with the next rebuild")
        String image,

        @About("name of the keypair in the same project") Optional<String> keypair,
        @About("only on servers of this site") Optional<String> site,
        @About("cloud-init user data, handed over as it is") Optional<@Size(max = 65536) String> userData,

        @About(value = "on: it is to run; off: shut off, with its place and disk kept", otherwise = "\"on\"")
        Power power,

        @About("keeps apart from the other instances of the group")
        Optional<AntiAffinity> antiAffinity,

        @About("name of the group that antiAffinity speaks of; a fleet's members are a group of their own")
        Optional<@Size(max = 63) String> group,

        @About(value = "how often a reboot was asked for", otherwise = "0") @Min(0)
        int reboots,

        @About(value = "how often a rebuild from the image was asked for", otherwise = "0") @Min(0)
        int builds,

        @About("where it may stand, where it would rather stand, and what it survives") @Valid
        Optional<PlacementSpec> placement,

        @About("the live migration that was asked for last") Optional<MoveRequest> migration,

        @About("what becomes of it when its server is proven dead; of a fleet's members nothing, for they are replaced")
        @Valid
        Optional<Recovery> recovery,

        @About("what was said of the hook of its fleet that it waited for last")
        Optional<HookAnswer> hook)
        implements Spec {
    /** What was asked of a running instance, to be done once. */
    public record MoveRequest(
            @Min(1) @About("grows with each request") int number,

            @About("name of the server it is to move to; the best one where left out")
            Optional<String> to,

            @About(value = "it is to stay where it is after all", otherwise = "false")
            boolean calledOff) {}

    InstanceSpec(
            String flavor,
            String image,
            Optional<String> keypair,
            Optional<String> site,
            Optional<String> userData,
            Power power,
            Optional<AntiAffinity> antiAffinity,
            Optional<String> group,
            int reboots,
            int builds,
            Optional<PlacementSpec> placement) {
        this(
                flavor,
                image,
                keypair,
                site,
                userData,
                power,
                antiAffinity,
                group,
                reboots,
                builds,
                placement,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public enum Power {
        ON,
        OFF
    }

    public InstanceSpec {
        PlacementSpec.grouped(group, antiAffinity, placement);
        PlacementSpec.allows(placement, "site", site);
    }

    @Override
    public List<Reference> references() {
        var references = References.of("", flavor, image, keypair, site);
        placement.ifPresent(rules -> references.addAll(rules.references("placement.")));
        return references;
    }

    InstanceSpec withPower(Power wanted) {
        return with(flavor, image, wanted, reboots, builds, migration);
    }

    InstanceSpec rebooted() {
        return with(flavor, image, power, reboots + 1, builds, migration);
    }

    InstanceSpec rebuiltFrom(String other) {
        return with(flavor, other, power, reboots, builds + 1, migration);
    }

    InstanceSpec resizedTo(String other) {
        return with(other, image, power, reboots, builds, migration);
    }

    /** @param taken number of the newest request that was taken up: a manifest without any may have come between */
    InstanceSpec moved(Optional<String> to, boolean calledOff, int taken) {
        int number = Math.max(taken, migration.map(MoveRequest::number).orElse(0)) + 1;
        return with(flavor, image, power, reboots, builds, Optional.of(new MoveRequest(number, to, calledOff)));
    }

    InstanceSpec answered(HookAnswer answer) {
        return with(flavor, image, power, reboots, builds, migration, Optional.of(answer));
    }

    private InstanceSpec with(
            String shape, String boot, Power wanted, int restarts, int rebuilds, Optional<MoveRequest> move) {
        return with(shape, boot, wanted, restarts, rebuilds, move, hook);
    }

    /** All that actions change; the rest stays. */
    private InstanceSpec with(
            String shape,
            String boot,
            Power wanted,
            int restarts,
            int rebuilds,
            Optional<MoveRequest> move,
            Optional<HookAnswer> answer) {
        return new InstanceSpec(
                shape,
                boot,
                keypair,
                site,
                userData,
                wanted,
                antiAffinity,
                group,
                restarts,
                rebuilds,
                placement,
                move,
                recovery,
                answer);
    }
}
