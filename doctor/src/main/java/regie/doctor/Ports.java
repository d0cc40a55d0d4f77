package regie.doctor;

import static regie.doctor.Row.Use.ROOM;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Whether the ports of the control room are free, and else who has them. */
final class Ports {
    static final int API = 7070;
    static final int AGENTS = 7071;

    /** The state LISTEN of /proc/net/tcp. */
    private static final String LISTENING = "0A";

    private final Machine machine;
    private final String sockets;

    private Ports(Machine machine) {
        this.machine = machine;
        this.sockets = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(file -> machine.text(file).orElse(""))
                .reduce("", (one, other) -> one + "\n" + other);
    }

    static List<Row> rows(Machine machine) {
        var ports = new Ports(machine);
        return List.of(ports.row(API, "api.listen"), ports.row(AGENTS, "agents.listen"));
    }

    private Row row(int port, String setting) {
        var what = "port " + port;
        var inode = listener(sockets, port);
        if (inode.isEmpty()) return Row.ok(ROOM, what, "free");
        var holder = holder(inode.getAsLong());
        if (holder.filter(words -> words.contains("regie.server.Main")).isPresent()) {
            return Row.ok(ROOM, what, "a control room that runs already");
        }
        return Row.degraded(
                ROOM,
                what,
                "taken by %s".formatted(holder.map(Ports::shortened).orElse("a program of another user")),
                "end that program, or choose another port: %s in the settings file".formatted(setting));
    }

    /** The inode of the socket that listens on {@code port}; lines in the form of /proc/net/tcp. */
    static OptionalLong listener(String sockets, int port) {
        var end = ":%04X".formatted(port);
        return sockets.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > 9 && words[3].equals(LISTENING) && words[1].endsWith(end))
                .filter(words -> words[9].matches("\\d{1,18}"))
                .mapToLong(words -> Long.parseLong(words[9]))
                .findFirst();
    }

    private Optional<String> holder(long inode) {
        return machine.names("/proc").stream()
                .filter(name -> name.matches("\\d+"))
                .filter(pid -> holds(pid, "socket:[%d]".formatted(inode)))
                .findFirst()
                .map(pid -> "process %s: %s"
                        .formatted(
                                pid,
                                machine.text("/proc/%s/cmdline".formatted(pid))
                                        .orElse("")
                                        .replace('\0', ' ')));
    }

    private boolean holds(String pid, String socket) {
        var folder = "/proc/%s/fd".formatted(pid);
        return machine.names(folder).stream().anyMatch(name -> leadsTo(machine.path(folder + "/" + name), socket));
    }

    private static boolean leadsTo(Path link, String target) {
        try {
            return Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static String shortened(String words) {
        return words.length() <= 60 ? words : words.substring(0, 60) + "…";
    }
}
