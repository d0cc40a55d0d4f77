package regie.agent.daemon;

import java.util.function.BooleanSupplier;
import regie.agent.contract.Hypervisor;

/**
 * What runs the guests of one host.
 *
 * @param unwatched true while nobody is to end a simulated host's guests with its lease
 * @param machine on which it runs them
 * @param silent true while a simulated host is to be heard by nobody, its agent included
 */
record Engine(Hypervisor hypervisor, BooleanSupplier silent, BooleanSupplier unwatched, Machine machine) {
    Engine(Hypervisor hypervisor, Machine machine) {
        this(hypervisor, () -> false, () -> false, machine);
    }
}
