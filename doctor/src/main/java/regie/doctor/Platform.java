package regie.doctor;

import static regie.doctor.Row.Use.HOST;
import static regie.doctor.Row.Use.ROOM;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Operating system, processor and what the kernel grants. */
final class Platform {
    private static final Set<String> KNOWN = Set.of("debian", "ubuntu");
    private static final long FILES_MIN = 1_024;
    private static final long FILES_GOOD = 16_384;
    /** What the kernel's pool is never below once it is seeded; its size is 256 bits since Linux 5.18. */
    private static final int ENTROPY_BITS_GOOD = 128;

    private static final Pattern MODEL = Pattern.compile("^model name\\s*:\\s*(?<name>.+)$", Pattern.MULTILINE);
    private static final Pattern THREAD = Pattern.compile("^processor\\s*:", Pattern.MULTILINE);
    private static final Pattern FILES =
            Pattern.compile("^Max open files\\s+\\S+\\s+(?<hard>\\d{1,18}|unlimited)", Pattern.MULTILINE);

    private Platform() {}

    static List<Row> rows(Machine machine) {
        return List.of(
                system(
                        machine.text("/etc/os-release").orElse(""),
                        machine.text("/proc/sys/kernel/osrelease").orElse("unknown")),
                processor(machine.text("/proc/cpuinfo").orElse(""), System.getProperty("os.arch")),
                openFiles(machine.text("/proc/self/limits").orElse("")),
                clock(KernelClock.ask()),
                entropy(machine.text("/proc/sys/kernel/random/entropy_avail").orElse("")),
                controlGroups(machine));
    }

    /** @param osRelease in the form of os-release(5) */
    static Row system(String osRelease, String kernel) {
        var id = value(osRelease, "ID");
        var name = value(osRelease, "PRETTY_NAME").or(() -> id).orElse("an unknown system");
        var found = "%s, Linux %s".formatted(name, kernel);
        boolean known = id.filter(KNOWN::contains).isPresent()
                || value(osRelease, "ID_LIKE").stream()
                        .flatMap(like -> List.of(like.split(" ", -1)).stream())
                        .anyMatch(KNOWN::contains);
        if (known) return Row.ok(ROOM, "operating system", found);
        return Row.degraded(
                ROOM,
                "operating system",
                found,
                "Debian 12, 13 or Ubuntu; elsewhere install what script/packages.txt names by the system's own means");
    }

    private static Optional<String> value(String osRelease, String name) {
        return osRelease
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1).replaceAll("^[\"']|[\"']$", ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    static Row processor(String cpuinfo, String architecture) {
        long threads = THREAD.matcher(cpuinfo).results().count();
        var model = MODEL.matcher(cpuinfo);
        var found = "%s, %d threads of %s"
                .formatted(architecture, threads, model.find() ? model.group("name") : "an unknown processor");
        if (architecture.equals("amd64")) return Row.ok(ROOM, "processor", found);
        return Row.missing(
                ROOM,
                "processor",
                found,
                "an amd64 machine; the room alone also runs elsewhere with database.url, see docs/operate/settings.md");
    }

    /** @param limits of a process, in the form of /proc/PID/limits; the JVM raises its limit to the hard one by itself */
    static Row openFiles(String limits) {
        var files = FILES.matcher(limits);
        var remedy = "LimitNOFILE=65536 in the unit of the service, or ulimit -Hn 65536 as root before the start";
        if (!files.find()) return Row.degraded(ROOM, "open files", "/proc/self/limits can't be read", remedy);
        var hard = files.group("hard");
        long most = hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
        var found = hard.equals("unlimited") ? hard : "at most %d".formatted(most);
        if (most < FILES_MIN) return Row.missing(ROOM, "open files", found, remedy);
        if (most < FILES_GOOD) return Row.degraded(ROOM, "open files", found, remedy);
        return Row.ok(ROOM, "open files", found);
    }

    static Row clock(Optional<KernelClock> asked) {
        var remedy =
                "apt-get install chrony (or timedatectl set-ntp true): certificates, tokens and the audit trail read the clock";
        if (asked.isEmpty())
            return Row.degraded(ROOM, "clock", "the kernel does not tell whether it is kept right", remedy);
        var clock = asked.get();
        if (!clock.synchronised()) return Row.degraded(ROOM, "clock", "nobody keeps it right", remedy);
        return Row.ok(
                ROOM,
                "clock",
                String.format(Locale.ROOT, "kept right, at most %.1f ms off", clock.errorMicros() / 1000.0));
    }

    static Row entropy(String available) {
        var bits = available.matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(available)) : OptionalLong.empty();
        var remedy = "a virtio-rng device in a virtual machine, else apt-get install rng-tools5";
        if (bits.isEmpty()) return Row.degraded(ROOM, "entropy", "the kernel does not tell", remedy);
        var found = "%d bits".formatted(bits.getAsLong());
        return bits.getAsLong() >= ENTROPY_BITS_GOOD
                ? Row.ok(ROOM, "entropy", found)
                : Row.degraded(ROOM, "entropy", found + ": the first keys and tokens may have to wait", remedy);
    }

    private static Row controlGroups(Machine machine) {
        var what = "cgroups";
        var controllers = machine.text("/sys/fs/cgroup/cgroup.controllers");
        if (controllers.isPresent()) return Row.ok(HOST, what, "version 2: " + controllers.get());
        var old = machine.names("/sys/fs/cgroup");
        if (old.isEmpty()) {
            return Row.missing(HOST, what, "none mounted", "mount -t cgroup2 cgroup2 /sys/fs/cgroup");
        }
        return Row.degraded(
                HOST,
                what,
                old.contains("unified") ? "version 1, with version 2 beside it" : "version 1",
                "systemd.unified_cgroup_hierarchy=1 on the kernel's command line");
    }
}
