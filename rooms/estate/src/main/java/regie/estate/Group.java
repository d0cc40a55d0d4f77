package regie.estate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import regie.kernel.Json;

/**
 * Machines that stand in for each other: where one is left, its work goes on.
 *
 * @param servers where the members are, one entry for each member
 * @param pinned the site that its declaration ties all members to
 * @param survives failures after which the members that fall are proven to come back elsewhere
 */
public record Group(Sort sort, String name, List<String> servers, Optional<String> pinned, Set<Element.Kind> survives) {
    public enum Sort {
        FLEET,
        /** Instances that name one group. */
        GROUP,
        /** Servers with one label {@value Estate#SERVICE}. */
        SERVICE,
        /** Servers with one part of the control room. */
        CONTROL_ROOM;

        String word() {
            return Json.name(this).replace('-', ' ');
        }
    }

    public Group {
        servers = List.copyOf(servers);
        survives = Set.copyOf(survives);
    }

    /** Whether it is meant to outlive the loss of a member: there are several, or it is what we need ourselves. */
    boolean redundant() {
        return servers.size() > 1 || (sort == Sort.CONTROL_ROOM && !servers.isEmpty());
    }
}
