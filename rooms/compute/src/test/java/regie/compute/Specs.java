package regie.compute;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.estate.Servers;
import regie.estate.Sites;
import regie.identity.Projects;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Refused;
import regie.kernel.Spec;

/** Specs as manifests give them. */
final class Specs {
    static final Kinds KINDS = new Kinds(
            Stream.concat(Stream.<Kind<?, ?>>of(Projects.KIND, Sites.KIND, Servers.KIND), Compute.KINDS.stream())
                    .toList());

    private Specs() {}

    static <S extends Spec> S read(Class<S> type, String kind, String spec) {
        var manifest = "kind: %s\nname: x\nspec: %s\n".formatted(kind, spec);
        return type.cast(new Manifests(KINDS)
                .read("a.yaml", manifest, "default")
                .getFirst()
                .spec());
    }

    /** With what a manifest that says nothing else has. */
    static FleetSpec fleet(int count, InstanceTemplate template, Optional<AntiAffinity> apart) {
        return new FleetSpec(
                count,
                template,
                apart,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "100%",
                new BreakerSpec(Optional.empty(), 600),
                new RolloutSpec("10%", 10, true, true),
                false,
                0,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Never more than {@code maximum} and {@code surge}; the breaker opens after {@code failures}. */
    static FleetSpec capped(int count, int maximum, int surge, int failures) {
        return read(
                FleetSpec.class,
                "Fleet",
                "{count: %d, maximum: %d, surge: '%d', breaker: {failures: %d}, rollout: {wave: '2', settleSeconds: 0}, template: {flavor: flavor, image: micro}}"
                        .formatted(count, maximum, surge, failures));
    }

    /** What is said of a spec that can't be. */
    static List<String> refused(String kind, String spec) {
        var manifest = "kind: %s\nname: x\nspec: %s\n".formatted(kind, spec);
        try {
            new Manifests(KINDS).read("a.yaml", manifest, "default");
            return List.of();
        } catch (Refused refused) {
            return List.of(String.valueOf(refused.getMessage()).split("\n", -1));
        }
    }
}
