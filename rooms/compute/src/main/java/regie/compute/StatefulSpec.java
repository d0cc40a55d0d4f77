package regie.compute;

import jakarta.validation.constraints.Size;
import java.util.List;
import regie.kernel.About;
import regie.kernel.BadField;

/** Members that own something: who replaces one is given what it had, and only once nothing of it is left. */
public record StatefulSpec(
        @About("what a replacement gets: name, or name and address") @Size(min = 1, max = 3)
        List<Kept> keep) {
    public enum Kept {
        NAME,
        ADDRESS,
        VOLUME
    }

    public StatefulSpec {
        keep = List.copyOf(keep);
        BadField.unless(
                !keep.contains(Kept.VOLUME),
                "keep",
                "volume",
                "name and address: a disk is on the server of its member and goes with it, for there are no volumes yet that outlive one");
        BadField.unless(
                keep.contains(Kept.NAME),
                "keep",
                "without name",
                "name, too: the address belongs to whoever has the name");
    }

    boolean keepsAddress() {
        return keep.contains(Kept.ADDRESS);
    }
}
