package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import regie.agent.contract.Artifact.Role;
import regie.kernel.About;
import regie.kernel.Spec;

/** What instances boot from. Its bytes are imported once and never change; see {@link ImageStatus}. */
public record ImageSpec(
        @About("kernel: a Linux kernel with an initrd; disk: a disk image; cdrom: an installation medium")
        Boot boot,

        @About(value = "command line of the kernel; only with boot kernel", otherwise = "\"\"") @Size(max = 2048)
        String kernelArguments,

        @About(value = "smallest memory in MiB that it runs in", otherwise = "0") @Min(0) @Max(1024 * 1024)
        long memoryMiBMin,

        @About(value = "smallest root disk in GiB that it fits on", otherwise = "0") @Min(0) @Max(65536)
        long diskGiBMin)
        implements Spec {
    public enum Boot {
        KERNEL,
        DISK,
        CDROM;

        /** The files that have to be there, one of each. */
        public List<Role> roles() {
            return switch (this) {
                case KERNEL -> List.of(Role.KERNEL, Role.INITRD);
                case DISK -> List.of(Role.DISK);
                case CDROM -> List.of(Role.CDROM);
            };
        }
    }

    public ImageSpec {
        regie.kernel.BadField.unless(
                kernelArguments.isEmpty() || boot == Boot.KERNEL,
                "kernelArguments",
                "\"" + kernelArguments + "\"",
                "nothing where boot is " + regie.kernel.Json.name(boot));
    }
}
