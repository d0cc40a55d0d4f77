package regie.compute;

import java.util.List;
import java.util.stream.IntStream;
import regie.agent.contract.Claim;
import regie.agent.contract.NumaNode;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;
import regie.estate.ServerSpec;

/** A simulated host with as much room as its server was declared with. */
final class DeclaredServer {
    private DeclaredServer() {}

    static SimulatedHypervisor simulated(String name, ServerSpec spec, VirtualTimeline timeline) {
        var room = new Claim(
                spec.capacity().vcpus(),
                spec.capacity().memoryMiB(),
                spec.capacity().diskGiB());
        return new SimulatedHypervisor(name, room, nodes(spec), timeline);
    }

    /** With all the threads that are sold of them: a host that overcommits is simulated with as many. */
    private static List<NumaNode> nodes(ServerSpec spec) {
        return IntStream.range(0, spec.numa().size())
                .mapToObj(node -> new NumaNode(
                        node,
                        IntStream.range(0, spec.numa().get(node).threads())
                                .boxed()
                                .toList(),
                        spec.numa().get(node).memoryMiB()))
                .toList();
    }
}
