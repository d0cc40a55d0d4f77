package regie.agent.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import regie.agent.channel.RoomAddress;
import regie.agent.contract.Claim;
import regie.agent.contract.JoinToken;
import regie.engine.libvirt.LibvirtSettings;

/** The command line of the agent. */
@Command(
        name = "agent",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Runs on a server, takes its wishes from the control room and makes them so.",
            "Guests run on when the room is gone, when the agent ends, and when it starts anew.",
            ""
        },
        footer = {
            "",
            "A new agent needs a join token, once: in the file of --join-file, or in REGIE_JOIN_TOKEN.",
            "Exit status: 0 ended by a signal, 64 wrong usage, 74 the data folder can't be used, 77 the room does not let it in."
        })
public final class Agent implements Callable<Integer> {
    private static final int USAGE = 64;
    private static final int DATA = 74;
    private static final int NOT_LET_IN = 77;

    @Option(
            names = "--room",
            required = true,
            paramLabel = "HOST:PORT[,HOST:PORT…]",
            description = "The control room's door for agents; of several servers those of all, with commas between.")
    private String room = "";

    @Option(
            names = "--server",
            required = true,
            paramLabel = "NAME",
            description = "The server this is, as declared; with simulated hosts also a range such as par1-h[01-60].")
    private String server = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Where key, wishes and images are kept.")
    private Path data = Path.of("");

    @Option(
            names = "--engine",
            required = true,
            paramLabel = "ENGINE",
            description = "What runs the guests: ${COMPLETION-CANDIDATES}.")
    private AgentSettings.EngineKind engine = AgentSettings.EngineKind.SIMULATED;

    @Option(
            names = "--join-file",
            paramLabel = "FILE",
            description = "Holds the join token; needed only before the agent has joined.")
    private @Nullable Path joinFile;

    @Option(
            names = "--images-gib",
            paramLabel = "GiB",
            defaultValue = "50",
            description = "Disk that images may take (${DEFAULT-VALUE}).")
    private long imagesGiB;

    @Option(
            names = "--capacity",
            paramLabel = "VCPUS,MiB,GiB",
            description = {
                "What each host gives to guests in all: hardware threads, memory, disk.",
                "A real host that is not told is measured; a simulated one has 64,262144,4000."
            })
    private @Nullable String capacity;

    @Option(
            names = "--libvirt-uri",
            paramLabel = "URI",
            defaultValue = LibvirtSettings.LOCAL,
            description = "Where libvirt listens (${DEFAULT-VALUE}).")
    private String libvirtUri = "";

    @Option(
            names = "--peer-address",
            paramLabel = "ADDRESS",
            description = {
                "By which agents of other servers reach this one, to hand over running guests.",
                "Where it is left out: the address by which this one reaches the room."
            })
    private @Nullable String peerAddress;

    @Option(
            names = "--peer-port",
            paramLabel = "PORT",
            defaultValue = "" + AgentSettings.Peers.PORT,
            description = "Where this agent listens for those of other servers (${DEFAULT-VALUE}).")
    private int peerPort;

    @Option(
            names = "--may-reboot",
            description = {
                "Lets the control room have this machine booted anew for maintenance, by systemctl reboot,",
                "when nothing runs on it. Not needed where the server declares a bmc."
            })
    private boolean mayReboot;

    @Option(
            names = "--simulated-boot-millis",
            paramLabel = "MS",
            defaultValue = "0",
            description = "From a simulated guest's start to its running (${DEFAULT-VALUE}).")
    private long bootMillis;

    @Option(
            names = "--simulated-faults",
            paramLabel = "FILE",
            description =
                    "What simulated hosts are to suffer; may be changed at any time. One line a host: NAME dead kill=TIMES no-warden full boot-fails boot-millis=MS answer-millis=MS move-millis=MS moves=fail|lose-word contact=partitioned|loses-answers disk=hangs|fails reboots=stay-down|ignored lie=hides-guests|all-running|frozen")
    private @Nullable Path faults;

    @Option(
            names = "--simulated-journal",
            paramLabel = "FILE",
            description =
                    "Where simulated hosts write what they truly run, a line at each change: HOST UID/EPOCH UID/EPOCH; several agents may share it.")
    private @Nullable Path journal;

    private Agent() {}

    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%6$s%n");
        var command = new CommandLine(new Agent())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(_ -> USAGE);
        command.getCommandSpec().exitCodeOnInvalidInput(USAGE);
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            var agent = AgentProcess.start(settings());
            var ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                close(agent);
                ended.countDown();
            }));
            ended.await();
            return 0;
        } catch (IllegalArgumentException wrong) {
            return fail(USAGE, wrong);
        } catch (IOException broken) {
            return fail(DATA, broken);
        } catch (Enrolment.NotJoined refused) {
            return fail(NOT_LET_IN, refused);
        }
    }

    private AgentSettings settings() throws IOException {
        return new AgentSettings(
                RoomAddress.parseAll(room),
                server,
                token(),
                data,
                engine,
                Optional.ofNullable(capacity).map(Agent::claim),
                libvirtUri,
                new AgentSettings.Simulated(bootMillis, Optional.ofNullable(faults), Optional.ofNullable(journal)),
                imagesGiB << 30,
                new AgentSettings.Peers(Optional.ofNullable(peerAddress), peerPort),
                mayReboot);
    }

    private static Claim claim(String text) {
        if (!text.matches("\\d{1,6},\\d{1,12},\\d{1,9}")) {
            throw new IllegalArgumentException("'%s' is no capacity: expected VCPUS,MiB,GiB".formatted(text));
        }
        var parts = text.split(",", -1);
        return new Claim(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Never from an argument: those can be read by everybody on the server. */
    private Optional<JoinToken> token() throws IOException {
        var text = joinFile == null
                ? Optional.ofNullable(System.getenv("REGIE_JOIN_TOKEN"))
                : Optional.of(Files.readString(joinFile));
        return text.map(JoinToken::parse);
    }

    private static void close(AgentProcess agent) {
        try {
            agent.close();
        } catch (IOException broken) {
            fail(DATA, broken);
        }
    }

    private static int fail(int code, Exception why) {
        System.err.println("regie agent: "
                + String.valueOf(why.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .strip());
        return code;
    }
}
