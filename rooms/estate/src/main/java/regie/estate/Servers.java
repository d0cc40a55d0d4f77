package regie.estate;

import java.util.stream.Collectors;
import regie.kernel.Declared;
import regie.kernel.Kind;
import regie.kernel.Kind.Scope;

/** The physical machines. Their loop stands in a room above, which knows the agents. */
public final class Servers {
    public static final Kind<ServerSpec, ServerStatus> KIND = Kind.worked(
                    "Server",
                    "servers",
                    Scope.ESTATE,
                    ServerSpec.class,
                    ServerStatus.class,
                    ServerStatus.UNKNOWN,
                    "a physical machine")
            .column("Site", server -> server.spec().site())
            .column("Presence", server -> server.status().presence())
            .column("State", server -> server.spec().state())
            .column("vCPU", server -> server.spec().capacity().vcpus())
            .column("MiB", server -> server.spec().capacity().memoryMiB())
            .column("GiB", server -> server.spec().capacity().diskGiB())
            .wideColumn("GPU", Servers::gpus)
            .wideColumn("Hypervisor", server -> server.spec().hypervisor())
            .wideColumn("Rack", server -> server.spec().rack())
            .wideColumn("Unit", server -> server.spec().position())
            .wideColumn("Model", server -> server.spec().model())
            .wideColumn("Since", server -> server.status().since());

    private Servers() {}

    private static String gpus(Declared<ServerSpec, ServerStatus> server) {
        return server.spec().gpus().stream()
                .map(gpu -> gpu.count() + "×" + gpu.model())
                .collect(Collectors.joining(", "));
    }
}
