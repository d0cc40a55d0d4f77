package regie.kernel;

/**
 * The name of a resource among all.
 *
 * @param project empty for the estate's kinds
 */
public record Key(String kind, String project, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) return byKind;
        int byProject = project.compareTo(other.project);
        return byProject != 0 ? byProject : name.compareTo(other.name);
    }

    /** As people write it: {@code server/par1-h01}, {@code shop/fleet/web}. */
    @Override
    public String toString() {
        var plain = kind.toLowerCase(java.util.Locale.ROOT) + "/" + name;
        return project.isEmpty() ? plain : project + "/" + plain;
    }
}
