package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec.Reference;

/** Where a machine may stand, where it would rather stand, and what it has to survive. */
public record PlacementSpec(
        @Size(max = 8) @About(value = "groups that it keeps together with", otherwise = "[]") @Valid
        List<Affinity> affinity,

        @Size(max = 6) @About(value = "how evenly its group is spread", otherwise = "[]") @Valid
        List<Spread> spread,

        @Size(max = 16) @About(value = "labels that its server has to have", otherwise = "{}")
        Map<String, String> requires,

        @Size(max = 16) @About(value = "labels that its server had better have", otherwise = "{}")
        Map<String, String> prefers,

        @About("where it may stand by law or contract") @Valid
        Optional<Residency> residency,

        @Size(max = 6)
        @About(value = "any one failure of these that it survives: it then has a place elsewhere", otherwise = "[]")
        List<AntiAffinity.Domain> survives,

        @Min(1) @Max(8) @About("any so many hosts failing at once that it survives")
        Optional<Integer> survivesHosts,

        @About("pack: full hosts first; spread: empty ones first; as its project has it where left out")
        Optional<Packing> packing) {

    static final PlacementSpec NONE = new PlacementSpec(
            List.of(), List.of(), Map.of(), Map.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    /** Keeps a machine together with a group, its own or another of its project. */
    public record Affinity(
            @Size(min = 1, max = 63) @About("name of the group, or of the fleet whose members are one")
            String group,

            @About(value = "the failure domain that they share", otherwise = "\"host\"")
            AntiAffinity.Domain over,

            @About(value = "true: rather not run than apart; false: as far as there is room", otherwise = "false")
            boolean required) {}

    /** Keeps the numbers of a group's machines in the failure domains alike. */
    public record Spread(
            @About("the failure domain") AntiAffinity.Domain over,

            @Min(1)
            @Max(1_000)
            @About(value = "by how many the fullest domain may exceed the emptiest", otherwise = "1")
            int maxSkew,

            @About(value = "true: rather not run than exceed it; false: as far as there is room", otherwise = "false")
            boolean required) {}

    /** Sites and countries; with several, each has to allow it. */
    public record Residency(
            @Size(max = 64) @About(value = "only at these sites", otherwise = "[]")
            List<String> sites,

            @Size(max = 64)
            @About(value = "only in these countries, by their two letters (ISO 3166-1)", otherwise = "[]")
            List<@Pattern(regexp = "[A-Z]{2}") String> countries,

            @About(value = "true: only in the European Union", otherwise = "false")
            boolean eu) {
        public Residency {
            sites = List.copyOf(sites);
            countries = List.copyOf(countries);
            BadField.unless(
                    eu || !sites.isEmpty() || !countries.isEmpty(),
                    "sites",
                    "empty",
                    "at least one of sites, countries and eu");
            BadField.unless(
                    !eu || countries.isEmpty() || countries.stream().anyMatch(EuropeanUnion.COUNTRIES::contains),
                    "countries",
                    String.join(", ", countries),
                    "at least one of the European Union beside eu: true");
        }
    }

    /** Which of several hosts that may take a machine gets it. */
    public enum Packing {
        PACK,
        SPREAD
    }

    public PlacementSpec {
        affinity = List.copyOf(affinity);
        spread = List.copyOf(spread);
        requires = Map.copyOf(requires);
        prefers = Map.copyOf(prefers);
        survives = List.copyOf(survives);
        BadField.unless(
                new HashSet<>(survives).size() == survives.size(), "survives", survives, "each failure domain once");
        var over = new HashSet<AntiAffinity.Domain>();
        for (int at = 0; at < spread.size(); at++) {
            var domain = spread.get(at).over();
            BadField.unless(over.add(domain), "spread." + at + ".over", domain, "each failure domain once");
        }
        for (var label : prefers.keySet())
            BadField.unless(!requires.containsKey(label), "prefers", label, "a label that is not required already");
    }

    /** @throws BadField where a rule speaks of a group and there is none */
    static void grouped(
            Optional<String> group, Optional<AntiAffinity> antiAffinity, Optional<PlacementSpec> placement) {
        BadField.unless(
                antiAffinity.isEmpty() || group.isPresent(),
                "group",
                "missing",
                "the name of a group with antiAffinity");
        BadField.unless(
                group.isPresent()
                        || placement
                                .map(PlacementSpec::spread)
                                .orElse(List.of())
                                .isEmpty(),
                "group",
                "missing",
                "the name of a group with placement.spread");
    }

    /** @throws BadField where {@code site}, as it stands in field {@code field}, is none of those that this allows */
    static void allows(Optional<PlacementSpec> placement, String field, Optional<String> site) {
        var sites = placement
                .flatMap(PlacementSpec::residency)
                .map(Residency::sites)
                .orElse(List.of());
        boolean possible = site.isEmpty() || sites.isEmpty() || sites.contains(site.get());
        BadField.unless(
                possible, field, site.orElse(""), "one of placement.residency.sites: " + String.join(", ", sites));
    }

    /** @param field where this stands in the spec, with a dot at its end */
    List<Reference> references(String field) {
        var references = new ArrayList<Reference>();
        residency.ifPresent(where -> {
            for (int at = 0; at < where.sites().size(); at++)
                references.add(new Reference(
                        field + "residency.sites." + at, "Site", where.sites().get(at)));
        });
        return references;
    }
}
