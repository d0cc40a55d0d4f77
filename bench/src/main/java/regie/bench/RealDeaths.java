package regie.bench;

import java.io.IOException;
import java.util.List;
import regie.lab.Parts;
import regie.lab.RealDeath;

/** Real hosts and a real machine: how long until it answers again after the death of its process, its agent, its network. */
final class RealDeaths implements Lab.Experiment {
    @Override
    public String name() {
        return "real-death";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String about() {
        return "Two libvirt hosts of one site, as root: kills a QEMU, an agent, a network; measures the seconds to HTTP 200 elsewhere.";
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException {
        if (!words.isEmpty()) throw new Arguments.Wrong("real-death takes no words; it was given " + words);
        try (var parts = new Parts()) {
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var result = new Result.Builder();
            RealDeath.run(parts).forEach(result::figure);
            return result.limitedBy(
                    "Emulated processors: a boot takes most of the time until HTTP 200 and is shown apart.");
        }
    }
}
