package regie.estate;

/** Room for guests: {@code vcpus} hardware threads, {@code memoryMiB} MiB of memory, {@code diskGiB} GiB of local disk. */
public record Capacity(int vcpus, long memoryMiB, long diskGiB) {}
