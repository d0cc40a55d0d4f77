package regie.estate;

import java.util.stream.Collectors;
import regie.kernel.Declared;
import regie.kernel.Hold;
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
            .column("SITE", server -> server.spec().site())
            .column("PRESENCE", server -> server.status().presence())
            .column("STATE", server -> server.spec().state())
            .column(
                    "HOLDS",
                    server -> server.status().holds().stream().map(Hold::code).toList())
            .column("VCPUS", server -> server.spec().capacity().vcpus())
            .column("MEMORY MIB", server -> server.spec().capacity().memoryMiB())
            .column("DISK GIB", server -> server.spec().capacity().diskGiB())
            .wideColumn("GPUS", Servers::gpus)
            .wideColumn("HYPERVISOR", server -> server.spec().hypervisor())
            .wideColumn("RACK", server -> server.spec().rack())
            .wideColumn("UNIT", server -> server.spec().position())
            .wideColumn("MODEL", server -> server.spec().model())
            .wideColumn("SINCE", server -> server.status().since());

    private Servers() {}

    private static String gpus(Declared<ServerSpec, ServerStatus> server) {
        return server.spec().gpus().stream()
                .map(gpu -> gpu.count() + "×" + gpu.model())
                .collect(Collectors.joining(", "));
    }
}
