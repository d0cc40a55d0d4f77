package regie.compute;

import java.util.HashSet;
import java.util.Set;
import regie.agent.contract.Artifact;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;

/** Who needs which file. */
final class ImageLedger {
    private ImageLedger() {}

    /** One at a time adds to the files of an image, until the end of {@code tx}. */
    static void lock(Tx tx, String image) {
        tx.query(
                "select pg_advisory_xact_lock(hashtext('compute.image'), hashtext(:image))", _ -> true, "image", image);
    }

    /** Those of {@code names} that an image has, or that an instance was placed with: it may still be started anew from them. */
    static Set<String> needed(Tx tx, Resources resources, Set<String> names) {
        var needed = new HashSet<String>();
        for (var image : resources.list(tx, Compute.IMAGE, Selection.ALL)) {
            image.status().artifacts().stream().map(Artifact::sha256).forEach(needed::add);
        }
        var others = new HashSet<>(names);
        others.removeAll(needed);
        if (!others.isEmpty()) needed.addAll(ofInstances(tx, others));
        needed.retainAll(names);
        return needed;
    }

    private static Set<String> ofInstances(Tx tx, Set<String> names) {
        return new HashSet<>(tx.query("""
                select distinct file ->> 'sha256' as name
                  from compute.allocation, jsonb_array_elements(guest -> 'machine' -> 'artifacts') as file
                 where file ->> 'sha256' = any(:names)
                """, row -> row.text("name"), "names", names));
    }
}
