package regie.engine.libvirt;

import java.util.List;

/**
 * What of its host a guest has to itself.
 *
 * @param threads of a dedicated guest the hardware thread of each vCPU, in their order; none of a shared one
 * @param cards PCI addresses of graphics cards
 * @param functions PCI addresses of virtual functions
 */
record Pin(List<Integer> threads, List<String> cards, List<String> functions) {
    static final Pin NONE = new Pin(List.of(), List.of(), List.of());

    Pin {
        threads = List.copyOf(threads);
        cards = List.copyOf(cards);
        functions = List.copyOf(functions);
    }

    boolean isNothing() {
        return equals(NONE);
    }
}
