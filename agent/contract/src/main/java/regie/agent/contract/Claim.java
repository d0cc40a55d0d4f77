package regie.agent.contract;

/** Room on a host: {@code vcpus} hardware threads, {@code memoryMiB} MiB of RAM, {@code diskGiB} GiB of local disk. */
public record Claim(int vcpus, long memoryMiB, long diskGiB) {
    public static final Claim NOTHING = new Claim(0, 0, 0);

    public Claim {
        if (vcpus < 0 || memoryMiB < 0 || diskGiB < 0) {
            throw new IllegalArgumentException(
                    "negative claim: %d vCPU, %d MiB, %d GiB".formatted(vcpus, memoryMiB, diskGiB));
        }
    }

    public Claim plus(Claim other) {
        return new Claim(
                Math.addExact(vcpus, other.vcpus),
                Math.addExact(memoryMiB, other.memoryMiB),
                Math.addExact(diskGiB, other.diskGiB));
    }

    /** True where this claim leaves {@code room} at zero or more in every dimension. */
    public boolean fits(Claim room) {
        return vcpus <= room.vcpus && memoryMiB <= room.memoryMiB && diskGiB <= room.diskGiB;
    }

    @Override
    public String toString() {
        return "%d vCPU, %d MiB, %d GiB".formatted(vcpus, memoryMiB, diskGiB);
    }
}
