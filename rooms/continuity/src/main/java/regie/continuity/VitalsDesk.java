package regie.continuity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import regie.agent.contract.Vitals;
import regie.continuity.VitalsLedger.Known;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;

/**
 * Hears what hosts that attend here say of themselves, once a second, and writes down what is new of it. The other way it tells agents
 * that their host is to boot anew, again and again for as long as that is wanted: each knows which boot it is in.
 */
public final class VitalsDesk {
    private final Database database;
    private final Clock clock;
    private final Map<String, Consumer<String>> lines = new ConcurrentHashMap<>();
    private final Map<String, Vitals> heard = new ConcurrentHashMap<>();
    private final Map<String, Known> written = new ConcurrentHashMap<>();

    public VitalsDesk(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Loop start(Hints hints) {
        return Loop.start("vitals", hints, List.of(), this::pass);
    }

    /** @param reboot has the host leave the boot that is named */
    public void attend(String host, Consumer<String> reboot) {
        written.remove(host); // it may have attended elsewhere meanwhile
        lines.put(host, reboot);
    }

    public void leave(String host, Consumer<String> reboot) {
        if (lines.remove(host, reboot)) heard.remove(host);
    }

    /** Only the newest of each host counts. */
    public void examined(String host, Vitals vitals) {
        heard.put(host, vitals);
    }

    /** One look, which {@link #start} has again and again. */
    Loop.Pass pass() {
        var all = new HashMap<String, Vitals>();
        for (var host : List.copyOf(heard.keySet()))
            Optional.ofNullable(heard.remove(host)).ifPresent(vitals -> all.put(host, vitals));
        if (!all.isEmpty()) write(all);
        if (!lines.isEmpty()) tell();
        return Loop.Pass.DONE;
    }

    private void write(Map<String, Vitals> all) {
        var unknown =
                all.keySet().stream().filter(host -> !written.containsKey(host)).toList();
        if (!unknown.isEmpty()) written.putAll(database.read(tx -> VitalsLedger.of(tx, unknown)));
        var changed = new HashMap<String, Known>();
        all.forEach((host, vitals) -> {
            var before = Optional.ofNullable(written.get(host));
            var now = known(vitals, before.flatMap(Known::ailment));
            if (!before.equals(Optional.of(now))) changed.put(host, now);
        });
        if (changed.isEmpty()) return;
        database.change(Actor.ROOM, tx -> VitalsLedger.keep(tx, changed));
        written.putAll(changed);
    }

    private Known known(Vitals vitals, Optional<Ailment> before) {
        return new Known(
                Optional.of(vitals.boot()).filter(boot -> !boot.isEmpty()),
                vitals.rebootable(),
                Ailment.of(vitals, clock.now(), before));
    }

    private void tell() {
        database.read(MaintenanceLedger::toldByAgents)
                .forEach((host, boot) -> Optional.ofNullable(lines.get(host)).ifPresent(line -> line.accept(boot)));
    }
}
