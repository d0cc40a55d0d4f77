package regie.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code regie demo}: a control room and two hosts on this machine, three real machines on them, one of them killed and replaced.
 * Everything is a process of its own, as in life, and everything is gone when this one ends.
 */
public final class Demo {
    private static final int MEMBERS = 3;
    private static final int UNAVAILABLE = 69;
    private static final String USAGE = """
            Usage: ./regie demo [--once]

            Starts a control room and two real hosts on this machine, boots a fleet of three virtual machines on them,
            kills one, and shows the replacement answer. Then the room stays up until Ctrl-C.

              --once    stop everything at the end; exit status 0 only if every step was seen to work

            Needs root, for the hosts are made of network, mount and process namespaces.
            """;

    private final Progress progress = new Progress();
    private final DemoFolder folder;
    private final Path repository;

    private Demo(DemoFolder folder, Path repository) {
        this.folder = folder;
        this.repository = repository;
    }

    public static void main(String[] words) {
        if (!Set.of("", "--once").contains(String.join(" ", words))) {
            boolean asked = Set.of("--help", "-h").contains(String.join(" ", words));
            (asked ? System.out : System.err).print(USAGE);
            System.exit(asked ? 0 : 64);
        }
        System.exit(run(words.length == 1));
    }

    private static int run(boolean once) {
        var obstacle = SandboxHost.obstacle().or(Demo::runningElsewhere);
        if (obstacle.isPresent()) {
            System.err.println("regie demo: this machine can't hold the hosts of the demo: " + obstacle.get());
            return UNAVAILABLE;
        }
        try (var parts = new Parts()) {
            // A signal takes everything down, last part first, however far the demo has come.
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var demo = new Demo(parts.add(DemoFolder.make()), MicroImage.repository());
            demo.play(parts);
            if (!once) demo.stay(parts);
            return 0;
        } catch (IOException failed) {
            System.err.println("regie demo: " + failed.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            return 130;
        }
    }

    /** Why there can be no second demo at the same time; empty where none runs. */
    static Optional<String> runningElsewhere() {
        return Files.exists(Path.of("/sys/class/net", DemoFolder.link(1)))
                ? Optional.of("a demo is running on it already; stop that one first (Ctrl-C)")
                : Optional.empty();
    }

    private void play(Parts parts) throws IOException, InterruptedException {
        var image = progress.during("micro image", () -> MicroImage.build(repository));
        var room = progress.during(
                "control room on its own PostgreSQL", () -> parts.add(DemoRoom.start(repository, folder)));
        var hosts = progress.during("two hosts, each with its own libvirt", () -> startHosts(parts));

        progress.command("apply -f examples/laptop --yes");
        room.regie("apply", "-f", repository.resolve("examples/laptop").toString(), "--yes");
        progress.during("the hosts' agents join", () -> startAgents(parts, room, hosts));
        progress.command("image import --name micro --kernel … --initrd …");
        progress.during("image micro is imported", () -> room.importImage(image));

        var watched = new Fleet(room.client(), "web");
        var first =
                progress.during("three machines boot and answer HTTP", () -> watched.awaitAnswers(MEMBERS, Set.of()));
        System.out.print(Fleet.table(first));

        var victim = first.getFirst();
        var known = first.stream().map(Fleet.Member::name).collect(Collectors.toSet());
        progress.note("killing QEMU of %s on %s (kill -9)".formatted(victim.name(), victim.host()));
        kill(hosts, victim);
        var replaced =
                progress.during("a replacement boots and answers HTTP", () -> watched.awaitAnswers(MEMBERS, known));
        System.out.print(Fleet.table(replaced));
        var replacement = replaced.stream()
                .filter(member -> !known.contains(member.name()))
                .findFirst()
                .orElseThrow();
        System.out.printf(
                "%n%s was killed; %s answered %.1f s later.%n",
                victim.name(), replacement.name(), replacement.secondsToHttp());
    }

    private List<SandboxHost> startHosts(Parts parts) throws IOException {
        var par1 = parts.add(SandboxHost.start(folder.host("par1-h01", 1)));
        var fra1 = parts.add(SandboxHost.start(folder.host("fra1-h01", 2)));
        return List.of(par1, fra1);
    }

    private List<DemoAgent> startAgents(Parts parts, DemoRoom room, List<SandboxHost> hosts)
            throws IOException, InterruptedException {
        var agents = new ArrayList<DemoAgent>();
        for (var host : hosts) agents.add(parts.add(DemoAgent.start(repository, folder, room, host)));
        for (var agent : agents) agent.awaitHeard(room.client());
        return agents;
    }

    private static void kill(List<SandboxHost> hosts, Fleet.Member victim) throws IOException {
        var host = hosts.stream()
                .filter(each -> each.name().equals(victim.host()))
                .findFirst()
                .orElseThrow();
        host.guest(victim.uid())
                .orElseThrow(
                        () -> new IOException("%s has no QEMU process on %s".formatted(victim.name(), host.name())))
                .destroyForcibly();
    }

    private void stay(Parts parts) throws IOException, InterruptedException {
        System.out.print("""

                The room is up at %s
                Talk to it from another terminal, in this folder:

                  export REGIE_ROOM=%s REGIE_TOKEN_FILE=%s
                  ./regie get fleet
                  ./regie get instance -w
                  ./regie instance console web-2

                Ctrl-C stops everything and leaves nothing behind.
                """.formatted(folder.url(), folder.url(), folder.token()));
        parts.awaitStop();
    }

    /** Reads the log's end, for whoever has to say why something did not come up. */
    static String end(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }
}
