package regie.placement;

import java.util.HashMap;
import java.util.Map;

/** All groups of all projects. */
final class Crowds {
    private final Map<String, Map<String, Crowd>> byProject = new HashMap<>();

    Crowd of(String project, String group) {
        var groups = byProject.get(project);
        return groups == null ? Crowd.NOBODY : groups.getOrDefault(group, Crowd.NOBODY);
    }

    void enter(Guest guest, HostState host) {
        if (guest.group().isEmpty()) return;
        byProject
                .computeIfAbsent(guest.project(), _ -> new HashMap<>())
                .computeIfAbsent(guest.group(), _ -> new Crowd())
                .enter(host, guest.rules());
    }

    void leave(Guest guest, HostState host) {
        if (guest.group().isEmpty()) return;
        var crowd = of(guest.project(), guest.group());
        crowd.leave(host, guest.rules());
        if (crowd.members() > 0) return;
        var groups = regie.kernel.Check.present(byProject.get(guest.project()));
        groups.remove(guest.group());
        if (groups.isEmpty()) byProject.remove(guest.project());
    }
}
