package regie.doctor;

import static regie.doctor.Row.Use.HOST;
import static regie.doctor.Row.Use.ROOM;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import regie.doctor.Pins.Wanted;

/** What the build and the hosts take from the distribution. */
final class Tools {
    private final Machine machine;
    private final Pins pins;

    private Tools(Machine machine, Pins pins) {
        this.machine = machine;
        this.pins = pins;
    }

    /** @param cache where ./regie keeps what it fetched */
    static List<Row> rows(Machine machine, Pins pins, Path cache) {
        var tools = new Tools(machine, pins);
        return List.of(
                jdk(Runtime.version(), pins.java(), System.getProperty("java.vendor", "unknown")),
                tools.maven(cache),
                tools.packages(ROOM, "build"),
                tools.packages(HOST, "hypervisor"));
    }

    /** @param running the JDK that runs this; ./regie has looked for the best */
    static Row jdk(Runtime.Version running, int wanted, String vendor) {
        var found = "%s (%s)".formatted(running, vendor);
        if (running.feature() == wanted) return Row.ok(ROOM, "JDK", found);
        return Row.missing(
                ROOM,
                "JDK",
                found,
                "apt-get install openjdk-%d-jdk-headless, or JAVA_HOME of another".formatted(wanted));
    }

    private Row maven(Path cache) {
        var version = pins.maven().orElse("");
        var home = cache.resolve("apache-maven-" + version);
        if (Files.isExecutable(home.resolve("bin/mvn"))) return Row.ok(ROOM, "Maven", version);
        if (machine.program("mvn").isPresent()) {
            return Row.ok(
                    ROOM, "Maven", "%s is fetched by the first build, through the system's own mvn".formatted(version));
        }
        return Row.missing(ROOM, "Maven", "no mvn to fetch %s with".formatted(version), "apt-get install maven");
    }

    private Row packages(Row.Use use, String group) {
        var what = "packages: " + group;
        var wanted = pins.packages().stream()
                .filter(one -> one.group().equals(group))
                .toList();
        var lacking = wanted.stream()
                .filter(one -> !isThere(one.witness()))
                .map(Wanted::name)
                .toList();
        if (wanted.isEmpty())
            return Row.degraded(use, what, "script/packages.txt does not tell", "run it as ./regie doctor");
        if (lacking.isEmpty()) return Row.ok(use, what, "all %d".formatted(wanted.size()));
        var names = lacking.stream().collect(Collectors.joining(" "));
        return Row.missing(
                use,
                what,
                "without %s".formatted(names),
                "apt-get install --no-install-recommends %s (./regie does it by itself, as root)".formatted(names));
    }

    /** @param witness a command, or an absolute path in which {@code *} stands for one name */
    private boolean isThere(String witness) {
        if (!witness.startsWith("/")) return machine.program(witness).isPresent();
        var paths = List.of("");
        for (var step : witness.substring(1).split("/", -1)) {
            var next = new ArrayList<String>();
            for (var path : paths) {
                var names = step.equals("*") ? machine.names(path) : List.of(step);
                names.forEach(name -> next.add(path + "/" + name));
            }
            paths = next;
        }
        return paths.stream().anyMatch(machine::has);
    }
}
