package regie.doctor;

import static regie.doctor.Row.Use.ROOM;

import java.util.List;
import java.util.Optional;

/** What the embedded PostgreSQL stands on. */
final class Postgres {
    /** The system user that root lends it, for it refuses to run as root. */
    static final String USER = "regie-postgres";

    private Postgres() {}

    static List<Row> rows(Machine machine, Pins pins) {
        return List.of(programs(machine, pins.postgres()), tether(machine), user(machine));
    }

    private static Row programs(Machine machine, Optional<String> version) {
        if (version.isEmpty())
            return Row.degraded(ROOM, "PostgreSQL", "pom.xml does not tell", "run it as ./regie doctor");
        var cache = machine.isRoot() ? "/var/cache/regie" : System.getProperty("user.home") + "/.cache/regie";
        var folder = "%s/postgresql-%s".formatted(cache, version.get());
        if (machine.has(folder + "/bin/postgres"))
            return Row.ok(ROOM, "PostgreSQL", "%s in %s".formatted(version.get(), folder));
        if (machine.has(folder)) {
            return Row.missing(
                    ROOM,
                    "PostgreSQL",
                    "%s lacks bin/postgres".formatted(folder),
                    "rm -r %s; the next start unpacks it anew".formatted(folder));
        }
        return Row.ok(ROOM, "PostgreSQL", "%s, unpacked by the first start".formatted(version.get()));
    }

    private static Row tether(Machine machine) {
        var lacking = List.of("setsid", "setpriv").stream()
                .filter(program -> machine.program(program).isEmpty())
                .toList();
        if (lacking.isEmpty()) return Row.ok(ROOM, "PostgreSQL's tether", "setsid, setpriv");
        return Row.missing(
                ROOM, "PostgreSQL's tether", "no " + String.join(", no ", lacking), "apt-get install util-linux");
    }

    private static Row user(Machine machine) {
        var what = "PostgreSQL's user";
        if (!machine.isRoot()) return Row.ok(ROOM, what, System.getProperty("user.name"));
        if (isListed(machine.text("/etc/passwd").orElse(""), USER)) return Row.ok(ROOM, what, USER);
        if (machine.program("useradd").isPresent()) return Row.ok(ROOM, what, USER + ", made by the first start");
        return Row.missing(ROOM, what, "no %s, and no useradd to make it".formatted(USER), "apt-get install passwd");
    }

    /** @param passwd in the form of passwd(5) */
    static boolean isListed(String passwd, String user) {
        return passwd.lines().anyMatch(line -> line.startsWith(user + ":"));
    }
}
