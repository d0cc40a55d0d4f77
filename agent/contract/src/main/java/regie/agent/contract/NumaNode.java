package regie.agent.contract;

import java.util.List;

/**
 * A NUMA node as the host itself has it.
 *
 * @param node its number, from 0
 * @param threads numbers of its hardware threads, as the operating system counts them
 * @param memoryMiB all its memory
 */
public record NumaNode(int node, List<Integer> threads, long memoryMiB) {
    public NumaNode {
        threads = threads.stream().sorted().toList();
    }
}
