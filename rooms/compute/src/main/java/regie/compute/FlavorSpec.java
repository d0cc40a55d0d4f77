package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import regie.agent.contract.Claim;
import regie.kernel.About;
import regie.kernel.Spec;

/** The shape of an instance, as it is sold. */
public record FlavorSpec(
        @About("hardware threads, guaranteed") @Min(1) @Max(1024)
        int vcpus,

        @About("memory in MiB, guaranteed") @Min(16) @Max(64L * 1024 * 1024)
        long memoryMiB,

        @About(value = "root disk in GiB; 0 for an image that runs from memory", otherwise = "0")
        @Min(0)
        @Max(1024 * 1024)
        long diskGiB)
        implements Spec {
    Claim claim() {
        return new Claim(vcpus, memoryMiB, diskGiB);
    }
}
