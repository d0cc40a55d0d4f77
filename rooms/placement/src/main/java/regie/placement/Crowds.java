package regie.placement;

import java.util.HashMap;
import java.util.Map;

/** All groups of all projects. */
final class Crowds {
    private final Map<String, Map<String, Crowd>> byProject = new HashMap<>();
    private String lastProject = "";
    private String lastGroup = "";
    private Crowd last = Crowd.NOBODY;

    /** One guest's group is asked for several times in a row, and as long as it has members it is the same. */
    Crowd of(String project, String group) {
        if (last.members() > 0 && group.equals(lastGroup) && project.equals(lastProject)) return last;
        var groups = byProject.get(project);
        last = groups == null ? Crowd.NOBODY : groups.getOrDefault(group, Crowd.NOBODY);
        lastProject = project;
        lastGroup = group;
        return last;
    }

    void enter(Guest guest, HostState host) {
        if (guest.group().isEmpty()) return;
        var known = of(guest.project(), guest.group());
        if (known.members() > 0) {
            known.enter(host, guest.rules());
            return;
        }
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
