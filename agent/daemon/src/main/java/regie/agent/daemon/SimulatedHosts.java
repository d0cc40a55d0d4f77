package regie.agent.daemon;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import regie.agent.contract.Claim;
import regie.agent.contract.Timeline;
import regie.agent.contract.Wish;
import regie.engine.simulated.Faults;
import regie.engine.simulated.SimulatedHypervisor;

/** All simulated hosts of this process, and what is wrong with each. */
final class SimulatedHosts {
    /** Of a host of which nothing else is said. */
    static final Claim USUAL = new Claim(64, 256 << 10, 4_000);

    private final Claim room;
    private final long bootMillis;
    private final Timeline timeline;
    private final Map<String, SimulatedHypervisor> hosts = new ConcurrentHashMap<>();
    private Optional<Journal> journal = Optional.empty();

    /** @param room of each host */
    SimulatedHosts(Claim room, long bootMillis, Timeline timeline) {
        this.room = room;
        this.bootMillis = bootMillis;
        this.timeline = timeline;
    }

    /** The last word by which the guests of each host were killed. */
    private final Map<String, String> killed = new ConcurrentHashMap<>();

    /** Those that are opened from now on write down what they truly run. */
    void write(Journal other) {
        journal = Optional.of(other);
    }

    /** @param newest the wish that the host took before this agent began; its guests have run on since */
    Engine open(String host, Optional<Wish> newest) {
        var hypervisor = new SimulatedHypervisor(host, room, timeline);
        hypervisor.suffer(usual());
        hypervisor.meet(name -> Optional.ofNullable(hosts.get(name)));
        newest.ifPresent(hypervisor::resume);
        journal.ifPresent(into -> hypervisor.witness(into::write));
        hosts.put(host, hypervisor);
        return new Engine(
                hypervisor,
                hypervisor::silent,
                () -> hypervisor.faults().unwatched(),
                new SimulatedMachine(hypervisor, timeline));
    }

    private Faults usual() {
        return Faults.NONE.bootMillis(bootMillis);
    }

    /** Makes every host suffer what {@code told} says of it, and nothing where it says nothing. */
    void suffer(Map<String, FaultsFile.Told> told) {
        hosts.forEach((name, host) -> {
            var mine = Optional.ofNullable(told.get(name));
            var faults = mine.map(it -> it.faults(usual())).orElse(usual());
            if (!faults.equals(host.faults())) host.suffer(faults);
            boolean dead = mine.map(FaultsFile.Told::dead).orElse(false);
            if (dead != host.dead()) {
                if (dead) host.crash();
                else host.restart();
            }
            var kill = mine.map(FaultsFile.Told::kill).orElse("");
            if (!kill.equals(killed.put(name, kill)) && !kill.isEmpty()) host.killAll();
        });
    }
}
