package regie.continuity;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.compute.Symptoms;

/**
 * What the room sees of hosts by itself, and since when it has: only what lasts is an ailment. In memory; where that is lost, it is
 * waited for anew.
 */
final class DegradedSigns {
    /** Fewer probed guests than this tell nothing of their host. */
    static final int PROBED_MIN = 3;

    private record Sign(String code, long taken, Instant since) {}

    private final Map<UUID, Sign> signs = new HashMap<>();

    /** Of each host that is sick by what the room sees. */
    Map<UUID, Ailment> look(List<Symptoms.Seen> hosts, Instant now) {
        int probed = hosts.stream().mapToInt(Symptoms.Seen::probed).sum();
        int failing = hosts.stream().mapToInt(Symptoms.Seen::failing).sum();
        var ailments = new HashMap<UUID, Ailment>();
        var still = new HashMap<UUID, Sign>();
        for (var host : hosts) {
            var code = code(host, probed - host.probed(), failing - host.failing());
            if (code.isEmpty()) continue;
            var sign = Optional.ofNullable(signs.get(host.server()))
                    .filter(before -> before.code().equals(code.get()) && before.taken() == host.taken())
                    .orElseGet(() -> new Sign(code.get(), host.taken(), now));
            still.put(host.server(), sign);
            if (!now.isBefore(sign.since().plus(DegradedSettings.LASTS)))
                ailments.put(host.server(), new Ailment(sign.code(), words(sign.code()), sign.since()));
        }
        signs.clear();
        signs.putAll(still);
        return ailments;
    }

    /** @param probed guests of all other hosts, and {@code failing} of these: where they fail too, it is hardly the host */
    private static Optional<String> code(Symptoms.Seen host, int probed, int failing) {
        if (!host.heard()) return Optional.empty();
        if (host.behind()) return Optional.of("wish-not-taken");
        boolean most = host.probed() >= PROBED_MIN && 2 * host.failing() > host.probed();
        boolean here = probed >= PROBED_MIN && 4 * failing <= probed;
        return most && here ? Optional.of("guests-do-not-answer") : Optional.empty();
    }

    private static String words(String code) {
        return code.equals("wish-not-taken")
                ? "it reports nothing new: it has not done as it was told last"
                : "most of its guests that are probed don't answer, while those of others do";
    }
}
