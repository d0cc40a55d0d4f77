package regie.placement;

/** Among which hosts guests can be moved at all. */
public interface Realm {
    /** Guests move between hosts of the same one and no others. */
    String of(Host host);
}
