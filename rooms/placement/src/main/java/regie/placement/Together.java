package regie.placement;

/**
 * In a domain that holds one of a group of the same project (affinity).
 *
 * @param group may be the guest's own: then the first of it is bound by nothing
 * @param required whether the guest rather waits, also while the group has no member anywhere
 */
public record Together(String group, Domain over, boolean required) {
    public Together {
        Wrong.unless(!group.isEmpty(), "group", group, "the name of a group");
    }
}
