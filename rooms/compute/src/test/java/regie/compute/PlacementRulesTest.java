package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import regie.identity.ProjectSpec;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Gpus;
import regie.placement.Packing;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Spread;
import regie.placement.Survives;
import regie.placement.Together;

class PlacementRulesTest {
    private static InstanceSpec instance(String more) {
        return Specs.read(InstanceSpec.class, "Instance", "{flavor: small, image: micro%s}".formatted(more));
    }

    @Test
    void aFlavorOfAllThatIsScarce() {
        var flavor = Specs.read(
                FlavorSpec.class,
                "Flavor",
                "{vcpus: 8, memoryMiB: 8192, diskGiB: 40, cpu: dedicated, numaNodes: 2, pageMiB: 1024, pool: fast,"
                        + " gpus: [{model: RTX 4090, count: 2}], gpusNear: true, virtualFunctions: 1, bandwidthMbps: 500}");
        assertThat(PlacementRules.shape(flavor))
                .isEqualTo(new Shape(
                        8, 8192, 1024, 2, 40, "fast", List.of(new Gpus("RTX_4090", 2)), true, 1, 500, Cpu.DEDICATED));
    }

    @Test
    void whatIsNotSaidBindsNothing() {
        assertThat(PlacementRules.shape(Specs.read(FlavorSpec.class, "Flavor", "{vcpus: 1, memoryMiB: 128}")))
                .isEqualTo(Shape.of(1, 128));
        assertThat(PlacementRules.rules(instance(""), Optional.empty())).isEqualTo(Rules.NONE);
    }

    @Test
    void allRulesOfAnInstance() {
        var spec = instance(", group: web, antiAffinity: {over: switch-pair, required: true}, placement: {"
                + "affinity: [{group: db, over: site}], spread: [{over: rack, maxSkew: 2, required: true}],"
                + "requires: {class: vps}, prefers: {generation: '3'},"
                + "residency: {sites: [par1, fra1], countries: [FR, CH], eu: true},"
                + "survives: [host, feed], survivesHosts: 2, packing: spread}");
        assertThat(PlacementRules.rules(spec, Optional.empty()))
                .isEqualTo(new Rules(
                        List.of(new Apart(Domain.SWITCH_PAIR, true)),
                        List.of(new Together("db", Domain.SITE, false)),
                        List.of(new Spread(Domain.RACK, 2, true)),
                        Map.of("class", "vps"),
                        Map.of("generation", "3"),
                        Set.of("par1", "fra1"),
                        Set.of("FR"),
                        List.of(new Survives(Domain.HOST, 2), new Survives(Domain.FEED, 1)),
                        Packing.SPREAD));
    }

    @Test
    void theProjectSpeaksWhereTheInstanceIsSilent() {
        var project = Optional.of(new ProjectSpec.Placement(
                List.of(ProjectSpec.Failure.SITE), Optional.empty(), Optional.of(ProjectSpec.Packing.SPREAD)));
        var silent = PlacementRules.rules(instance(""), project);
        assertThat(silent.survives()).containsExactly(new Survives(Domain.SITE, 1));
        assertThat(silent.packing()).isEqualTo(Packing.SPREAD);
        var says = PlacementRules.rules(instance(", placement: {survives: [host], packing: pack}"), project);
        assertThat(says.survives()).containsExactly(new Survives(Domain.HOST, 1));
        assertThat(says.packing()).isEqualTo(Packing.PACK);
    }

    @Test
    void theUnionAloneIsAllItsCountries() {
        var rules = PlacementRules.rules(instance(", placement: {residency: {eu: true}}"), Optional.empty());
        assertThat(rules.countries()).hasSize(27).contains("FR", "DE").doesNotContain("GB", "CH");
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Flavor|{vcpus: 3, memoryMiB: 128, numaNodes: 2}|numaNodes is 2; expected a number that divides the 3 vCPUs evenly",
                "Flavor|{vcpus: 2, memoryMiB: 129, numaNodes: 2}|memoryMiB is 129; expected a multiple of 2: whole pages, evenly over its NUMA nodes",
                "Flavor|{vcpus: 2, memoryMiB: 1500, pageMiB: 1024}|memoryMiB is 1500; expected a multiple of 1024: whole pages, evenly over its NUMA nodes",
                "Flavor|{vcpus: 2, memoryMiB: 1024, pageMiB: 4}|pageMiB is 4; expected 2 or 1024; ordinary memory without it",
                "Flavor|{vcpus: 2, memoryMiB: 1024, gpusNear: true}|gpusNear is true; expected gpus beside it",
                "Flavor|{vcpus: 2, memoryMiB: 1024, gpus: [{model: T4}, {model: T4}]}|gpus.1.model is T4; expected each model once; raise its count",
                "Flavor|{vcpus: 2, memoryMiB: 1024, cpu: overcommitted, virtualFunctions: 1}|cpu is overcommitted; expected shared or dedicated with cards, virtual functions or hugepages",
                "Instance|{flavor: a, image: b, placement: {spread: [{over: rack}]}}|group is missing; expected the name of a group with placement.spread",
                "Instance|{flavor: a, image: b, placement: {residency: {}}}|placement.residency.sites is empty; expected at least one of sites, countries and eu",
                "Instance|{flavor: a, image: b, placement: {residency: {countries: [CH], eu: true}}}|placement.residency.countries is CH; expected at least one of the European Union beside eu: true",
                "Instance|{flavor: a, image: b, placement: {survives: [disk]}}|placement.survives.0 is \"disk\"; expected host, rack, feed, switch-pair, room or site",
                "Instance|{flavor: a, image: b, placement: {requires: {a: b}, prefers: {a: c}}}|placement.prefers is a; expected a label that is not required already",
                "Instance|{flavor: a, image: b, site: ams1, placement: {residency: {sites: [par1]}}}|site is ams1; expected one of placement.residency.sites: par1",
                "Server|{site: a, numa: [{threads: 8, memoryMiB: 4096, hugepages: [{pageMiB: 2, count: 4000}]}]}|numa.0.hugepages is 8000 MiB; expected at most the node's 4096 MiB",
                "Server|{site: a, numa: [{threads: 8, memoryMiB: 4096, hugepages: [{pageMiB: 1024, count: 4}]}], reserve: {memoryMiB: 1}}|reserve.memoryMiB is 1; expected at most the server's 0 MiB of memory outside hugepages",
                "Server|{site: a, numa: [{threads: 8, memoryMiB: 4096}], gpus: [{model: T4, count: 2, pciAddresses: ['0000:41:00.0']}]}|gpus.0.pciAddresses is 1 addresses; expected none, or one of its own for each of the 2 cards",
                "Server|{site: a, numa: [{threads: 8, memoryMiB: 4096}], nics: [{name: eno1, speedMbps: 1000, numaNode: 1}]}|nics.0.numaNode is 1; expected a NUMA node that is listed; numa has 1, counted from 0",
                "Server|{site: a, numa: [{threads: 8, memoryMiB: 4096}], overcommit: {vcpusPerThread: 1}}|overcommit.vcpusPerThread is 1; expected a whole number from 2 to 16"
            })
    void whatCannotBeIsRefused(String kind, String spec, String message) {
        assertThat(Specs.refused(kind, spec)).anyMatch(line -> line.contains(message));
    }
}
