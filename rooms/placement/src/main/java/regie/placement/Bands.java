package regie.placement;

import java.util.HashMap;
import java.util.Map;

/** All groups of all projects. */
final class Bands {
    private final Crowds crowds;
    private final Map<Key, Band> bands = new HashMap<>();

    private record Key(String project, String group) {
        @Override
        public int hashCode() {
            return 31 * project.hashCode() + group.hashCode();
        }
    }

    Bands(Crowds crowds) {
        this.crowds = crowds;
    }

    /** Those of no group are all of {@link Band#NONE}, which knows none of them. */
    Band of(String project, String group) {
        if (group.isEmpty()) return Band.NONE;
        var known = bands.get(new Key(project, group));
        return known != null
                ? known
                : bands.computeIfAbsent(new Key(project, group), _ -> new Band(crowds, project, group));
    }

    void enter(Ward ward) {
        ward.band().enter(ward);
        for (var each : ward.guest().rules().together()) {
            if (each.required())
                of(ward.guest().project(), each.group()).followers().add(ward);
        }
    }

    void leave(Ward ward) {
        ward.band().leave(ward);
        for (var each : ward.guest().rules().together()) {
            if (each.required())
                of(ward.guest().project(), each.group()).followers().remove(ward);
        }
    }

    /** Those that nobody is of or speaks of any more. */
    void forgetEmpty(Ward ward) {
        if (ward.band().isEmpty())
            bands.remove(new Key(ward.guest().project(), ward.guest().group()));
    }
}
