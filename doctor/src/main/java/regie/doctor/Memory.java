package regie.doctor;

import static regie.doctor.Row.Use.HOST;
import static regie.doctor.Row.Use.ROOM;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** RAM, huge pages and NUMA nodes. */
final class Memory {
    private static final long KIB_PER_MIB = 1024;
    /** What room, PostgreSQL and a client take at work, with air. */
    private static final long ROOM_MIB_MIN = 512;

    private static final long ROOM_MIB_GOOD = 2_048;
    private static final Pattern PAGES = Pattern.compile("hugepages-(?<kib>\\d+)kB");
    private static final Pattern NODE = Pattern.compile("node\\d+");

    private Memory() {}

    static List<Row> rows(Machine machine) {
        return List.of(memory(machine.text("/proc/meminfo").orElse("")), hugePages(machine), numa(machine));
    }

    /** MiB in a line such as {@code MemTotal:  24684084 kB}, or {@code Node 0 MemTotal: …}; empty where there is none. */
    static OptionalLong mebibytes(String meminfo, String name) {
        var line = Pattern.compile(
                        "(?:^|\\s)%s:\\s*(?<kib>\\d{1,15}) kB".formatted(Pattern.quote(name)), Pattern.MULTILINE)
                .matcher(meminfo);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group("kib")) / KIB_PER_MIB) : OptionalLong.empty();
    }

    static Row memory(String meminfo) {
        var total = mebibytes(meminfo, "MemTotal");
        var free = mebibytes(meminfo, "MemAvailable");
        if (total.isEmpty() || free.isEmpty()) {
            return Row.degraded(ROOM, "memory", "/proc/meminfo can't be read", "mount -t proc proc /proc");
        }
        var found = "%d of %d MiB available".formatted(free.getAsLong(), total.getAsLong());
        var remedy = "end other programs, or add memory; the control room wants %d MiB".formatted(ROOM_MIB_GOOD);
        if (free.getAsLong() < ROOM_MIB_MIN) return Row.missing(ROOM, "memory", found, remedy);
        if (free.getAsLong() < ROOM_MIB_GOOD) return Row.degraded(ROOM, "memory", found, remedy);
        return Row.ok(ROOM, "memory", found);
    }

    private static Row hugePages(Machine machine) {
        var folder = "/sys/kernel/mm/hugepages";
        var sizes = new ArrayList<String>();
        long reserved = 0;
        for (var name : machine.names(folder)) {
            var size = PAGES.matcher(name);
            if (!size.matches()) continue;
            long total = count(machine, "%s/%s/nr_hugepages".formatted(folder, name));
            long free = count(machine, "%s/%s/free_hugepages".formatted(folder, name));
            reserved += total;
            sizes.add("%s: %d of %d free".formatted(size(Long.parseLong(size.group("kib"))), free, total));
        }
        if (sizes.isEmpty()) {
            return Row.missing(HOST, "huge pages", "this kernel has none", "a kernel with CONFIG_HUGETLBFS");
        }
        var found = String.join("; ", sizes);
        if (reserved > 0) return Row.ok(HOST, "huge pages", found);
        return Row.degraded(
                HOST, "huge pages", found, "sysctl vm.nr_hugepages=N for N of the small ones; also in /etc/sysctl.d/");
    }

    private static long count(Machine machine, String file) {
        return machine.text(file)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static String size(long kib) {
        return kib % (KIB_PER_MIB * KIB_PER_MIB) == 0
                ? "%d GiB".formatted(kib / KIB_PER_MIB / KIB_PER_MIB)
                : "%d MiB".formatted(kib / KIB_PER_MIB);
    }

    private static Row numa(Machine machine) {
        var folder = "/sys/devices/system/node/";
        var nodes = new ArrayList<String>();
        for (var name : machine.names(folder)) {
            if (!NODE.matcher(name).matches()) continue;
            var processors = machine.text(folder + name + "/cpulist").filter(text -> !text.isEmpty());
            var mebibytes = mebibytes(machine.text(folder + name + "/meminfo").orElse(""), "MemTotal");
            nodes.add("%s: CPUs %s, %d MiB".formatted(name, processors.orElse("none"), mebibytes.orElse(0)));
        }
        if (nodes.isEmpty()) {
            return Row.degraded(
                    HOST, "NUMA", "this kernel doesn't show its nodes; one is assumed", "a kernel with CONFIG_NUMA");
        }
        return Row.ok(HOST, "NUMA", String.join("; ", nodes));
    }
}
