package regie.doctor;

import static regie.doctor.Row.Use.ROOM;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Free disk where the control room keeps things. */
final class Disks {
    private static final long BYTES_PER_MIB = 1024 * 1024;
    private static final long DATA_MIB_MIN = 1_024;
    private static final long DATA_MIB_GOOD = 10_240;
    private static final long IMAGES_MIB_GOOD = 20_480;

    private Disks() {}

    /** @param data the folder of the setting {@code data} */
    static List<Row> rows(Path data) {
        return List.of(
                row("data folder", data, DATA_MIB_GOOD), row("image store", data.resolve("images"), IMAGES_MIB_GOOD));
    }

    private static Row row(String what, Path folder, long goodMiB) {
        var place = folder;
        while (!Files.exists(place) && place.getParent() != null) place = place.getParent();
        if (!Files.isWritable(place)) {
            var found = "this user may not write to %s".formatted(place);
            return Row.missing(ROOM, what, found, "run it as root, or name another folder by the setting data");
        }
        try {
            var freeMiB = Files.getFileStore(place).getUsableSpace() / BYTES_PER_MIB;
            return judge(what, folder, freeMiB, goodMiB);
        } catch (IOException e) {
            return Row.missing(ROOM, what, "%s: %s".formatted(folder, e), "the setting data names the folder");
        }
    }

    static Row judge(String what, Path folder, long freeMiB, long goodMiB) {
        var found = "%d MiB free for %s".formatted(freeMiB, folder);
        var remedy = "%d MiB are good; make room there, or name another folder by the setting data".formatted(goodMiB);
        if (freeMiB < DATA_MIB_MIN) return Row.missing(ROOM, what, found, remedy);
        if (freeMiB < goodMiB) return Row.degraded(ROOM, what, found, remedy);
        return Row.ok(ROOM, what, found);
    }
}
