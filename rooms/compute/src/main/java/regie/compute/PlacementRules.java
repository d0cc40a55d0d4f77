package regie.compute;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import regie.identity.ProjectSpec;
import regie.kernel.Declared;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Gpus;
import regie.placement.Guest;
import regie.placement.Packing;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Spread;
import regie.placement.Survives;
import regie.placement.Together;

/** What is declared of a machine, in the words of placement. Pure. */
final class PlacementRules {
    private PlacementRules() {}

    static Shape shape(FlavorSpec flavor) {
        return new Shape(
                flavor.vcpus(),
                flavor.memoryMiB(),
                flavor.pageMiB().orElse(0),
                flavor.numaNodes().orElse(0),
                flavor.diskGiB(),
                flavor.pool().map(ServerRooms::slotName).orElse(""),
                flavor.gpus().stream()
                        .map(gpus -> new Gpus(ServerRooms.slotName(gpus.model()), gpus.count()))
                        .toList(),
                flavor.gpusNear(),
                flavor.virtualFunctions(),
                flavor.bandwidthMbps(),
                Cpu.valueOf(flavor.cpu().name()));
    }

    /** @param project what holds where the instance says nothing of it */
    static Rules rules(InstanceSpec spec, Optional<ProjectSpec.Placement> project) {
        return rules(spec.antiAffinity(), spec.site(), spec.placement(), project);
    }

    /** What each free place of a reservation is to placement, but for its id. */
    static Guest pattern(
            Declared<ReservationSpec, ReservationStatus> reservation,
            FlavorSpec flavor,
            Optional<ProjectSpec.Placement> project) {
        var spec = reservation.spec();
        return new Guest(
                reservation.uid(),
                reservation.project(),
                spec.group().orElse(""),
                shape(flavor),
                rules(spec.antiAffinity(), spec.site(), spec.placement(), project));
    }

    private static Rules rules(
            Optional<AntiAffinity> antiAffinity,
            Optional<String> site,
            Optional<PlacementSpec> placement,
            Optional<ProjectSpec.Placement> project) {
        var own = placement.orElse(PlacementSpec.NONE);
        return new Rules(
                antiAffinity.stream()
                        .map(apart -> new Apart(domain(apart.over()), apart.required()))
                        .toList(),
                own.affinity().stream()
                        .map(with -> new Together(with.group(), domain(with.over()), with.required()))
                        .toList(),
                own.spread().stream()
                        .map(spread -> new Spread(domain(spread.over()), spread.maxSkew(), spread.required()))
                        .toList(),
                own.requires(),
                own.prefers(),
                sites(site, own.residency()),
                own.residency().map(PlacementRules::countries).orElse(Set.of()),
                survives(own, project),
                packing(own, project));
    }

    static Domain domain(AntiAffinity.Domain over) {
        return Domain.valueOf(over.name());
    }

    private static Set<String> sites(Optional<String> site, Optional<PlacementSpec.Residency> residency) {
        return site.map(Set::of)
                .or(() -> residency.map(where -> Set.copyOf(where.sites())))
                .orElse(Set.of());
    }

    private static Set<String> countries(PlacementSpec.Residency residency) {
        var named = new HashSet<>(residency.countries());
        if (!residency.eu()) return named;
        if (named.isEmpty()) return EuropeanUnion.COUNTRIES;
        named.retainAll(EuropeanUnion.COUNTRIES);
        return named;
    }

    /** What the instance says stands for itself; the project's stands where it says nothing at all. */
    private static List<Survives> survives(PlacementSpec own, Optional<ProjectSpec.Placement> project) {
        Map<Domain, Integer> counts = new LinkedHashMap<>();
        if (own.survives().isEmpty() && own.survivesHosts().isEmpty()) {
            project.ifPresent(defaults -> {
                for (var failure : defaults.survives()) counts.put(Domain.valueOf(failure.name()), 1);
                defaults.survivesHosts().ifPresent(hosts -> counts.put(Domain.HOST, hosts));
            });
        } else {
            for (var failure : own.survives()) counts.put(domain(failure), 1);
            own.survivesHosts().ifPresent(hosts -> counts.put(Domain.HOST, hosts));
        }
        return counts.entrySet().stream()
                .map(each -> new Survives(each.getKey(), each.getValue()))
                .toList();
    }

    private static Packing packing(PlacementSpec own, Optional<ProjectSpec.Placement> project) {
        return own.packing()
                .map(Enum::name)
                .or(() -> project.flatMap(ProjectSpec.Placement::packing).map(Enum::name))
                .map(Packing::valueOf)
                .orElse(Packing.PACK);
    }
}
