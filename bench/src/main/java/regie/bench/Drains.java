package regie.bench;

import java.io.IOException;
import java.util.List;
import regie.lab.Parts;
import regie.lab.RealDrain;

/** Real hosts and real machines: how long each of them can't be reached while its host is drained. */
final class Drains implements Lab.Experiment {
    private static final int GUESTS = 4;
    private static final int GUESTS_MAX = 16;

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public String arguments() {
        return "[--guests N]";
    }

    @Override
    public String about() {
        return "Two libvirt hosts of one site, as root: drains one of N machines (4) by live migration; the longest time without an answer.";
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException {
        int guests = guests(words);
        try (var parts = new Parts()) {
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var result = new Result.Builder();
            RealDrain.run(parts, guests).forEach(result::figure);
            return result.limitedBy(
                    "Emulated processors; both hosts, the room and the prober share two cores. Echoes are sent each 20 ms.");
        }
    }

    private static int guests(List<String> words) throws Arguments.Wrong {
        if (words.isEmpty()) return GUESTS;
        boolean fits = words.size() == 2
                && words.getFirst().equals("--guests")
                && words.getLast().matches("[1-9]\\d?");
        int guests = fits ? Integer.parseInt(words.getLast()) : 0;
        if (guests < 1 || guests > GUESTS_MAX)
            throw new Arguments.Wrong(
                    "drain takes --guests from 1 to %d; it was given %s".formatted(GUESTS_MAX, words));
        return guests;
    }
}
