package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import regie.agent.contract.Claim;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** The shape of an instance, as it is sold. */
public record FlavorSpec(
        @About("hardware threads, guaranteed unless cpu is overcommitted") @Min(1) @Max(1024)
        int vcpus,

        @About("memory in MiB, guaranteed") @Min(16) @Max(64L * 1024 * 1024)
        long memoryMiB,

        @About(value = "root disk in GiB; 0 for an image that runs from memory", otherwise = "0")
        @Min(0)
        @Max(1024 * 1024)
        long diskGiB,

        @About(value = "how its vCPUs get their threads", otherwise = "\"shared\"")
        Cpu cpu,

        @Min(1) @Max(16) @About("evenly over exactly so many NUMA nodes; where left out on one if it fits, else split")
        Optional<Integer> numaNodes,

        @About("size in MiB of the pages its memory is made of: 2 or 1024; ordinary memory where left out")
        Optional<Integer> pageMiB,

        @Size(min = 1, max = 63) @About("disk pool of the host that its disk stands in; any where left out")
        Optional<String> pool,

        @Size(max = 8) @About(value = "graphics cards of its own", otherwise = "[]") @Valid
        List<Gpus> gpus,

        @About(value = "true: its cards hang on the NUMA nodes that it runs on", otherwise = "false")
        boolean gpusNear,

        @Min(0)
        @Max(64)
        @About(value = "virtual functions of its own (SR-IOV), all of one network card", otherwise = "0")
        int virtualFunctions,

        @Min(0)
        @Max(1_600_000)
        @About(value = "bandwidth in Mbit/s, guaranteed and not exceeded; 0: what is left over", otherwise = "0")
        int bandwidthMbps,

        @Size(max = 64)
        @About(
                value = "how many are offered, and where: a word for capacity reports, which placement does not keep",
                otherwise = "[]")
        @Valid
        List<Offer> offers)
        implements Spec {

    /** So many are for sale. */
    public record Offer(
            @About("at this site; at any where left out") Optional<String> site,

            @Min(0) @Max(1_000_000) @About("how many at the most")
            int most) {}

    /** How a machine's vCPUs get their threads. */
    public enum Cpu {
        /** As many threads as vCPUs are sold to nobody else; which ones is left to the host. */
        SHARED,
        /** Each vCPU has a thread to itself, always the same one. */
        DEDICATED,
        /** Threads that are sold several times; only on servers that are declared so. */
        OVERCOMMITTED
    }

    /** Graphics cards of one model. */
    public record Gpus(
            @Size(min = 1, max = 100) @About("model, as servers declare it, such as A100")
            String model,

            @Min(1) @Max(64) @About(value = "how many", otherwise = "1")
            int count) {}

    public FlavorSpec {
        Objects.requireNonNull(cpu);
        gpus = List.copyOf(gpus);
        offers = List.copyOf(offers);
        var places = new HashSet<Optional<String>>();
        for (int at = 0; at < offers.size(); at++) {
            var site = offers.get(at).site();
            BadField.unless(places.add(site), "offers." + at + ".site", site.orElse("missing"), "each site once");
        }
        int page = pageMiB.orElse(1);
        BadField.unless(
                pageMiB.isEmpty() || page == 2 || page == 1024,
                "pageMiB",
                page,
                "2 or 1024; ordinary memory without it");
        int nodes = numaNodes.orElse(1);
        BadField.unless(
                vcpus % nodes == 0, "numaNodes", nodes, "a number that divides the %d vCPUs evenly".formatted(vcpus));
        BadField.unless(
                memoryMiB % ((long) nodes * page) == 0,
                "memoryMiB",
                memoryMiB,
                "a multiple of %d: whole pages, evenly over its NUMA nodes".formatted((long) nodes * page));
        BadField.unless(!gpusNear || !gpus.isEmpty(), "gpusNear", true, "gpus beside it");
        var models = new HashSet<String>();
        for (int at = 0; at < gpus.size(); at++) {
            var model = gpus.get(at).model();
            BadField.unless(models.add(model), "gpus." + at + ".model", model, "each model once; raise its count");
        }
        BadField.unless(
                cpu != Cpu.OVERCOMMITTED || (gpus.isEmpty() && virtualFunctions == 0 && pageMiB.isEmpty()),
                "cpu",
                "overcommitted",
                "shared or dedicated with cards, virtual functions or hugepages");
    }

    /** How many are offered at {@code site}; for an empty one, at no particular site. */
    Optional<Integer> offered(Optional<String> site) {
        return offers.stream()
                .filter(offer -> offer.site().equals(site))
                .map(Offer::most)
                .findFirst();
    }

    @Override
    public List<Reference> references() {
        var references = new ArrayList<Reference>();
        for (int at = 0; at < offers.size(); at++) {
            var field = "offers." + at + ".site";
            offers.get(at).site().ifPresent(site -> references.add(new Reference(field, "Site", site)));
        }
        return references;
    }

    Claim claim() {
        return new Claim(vcpus, memoryMiB, diskGiB);
    }
}
