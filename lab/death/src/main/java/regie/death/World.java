package regie.death;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Voters;
import regie.continuity.Look;
import regie.continuity.StormSpec;

/** One estate with its room, in virtual time. */
final class World {
    final VirtualTime time = new VirtualTime();
    final Dice dice;
    final Story story;
    final Parts parts;
    final Oracle oracle;
    final Network network;
    final Room room = new Room();
    final Lies lies = new Lies(this);
    final Map<String, SimHost> hosts = new LinkedHashMap<>();

    /** Hosts that are not to vote for others, by somebody's whim. */
    final Set<String> novoters = new HashSet<>();

    /** Told of each start of a guest's process. */
    Starts starts = (_, _) -> {};

    /** Per thousand writes of a server, and as many after them. */
    int crashPerMille;

    long databaseMostMillis = 5;
    private boolean operatorCalled;

    interface Starts {
        void started(String machine, String host);
    }

    World(long seed, Parts parts, boolean told) {
        dice = new Dice(seed);
        story = new Story(time, told);
        this.parts = parts;
        oracle = new Oracle(time);
        network = new Network(time, dice);
    }

    SimHost add(String name, String site, String rack, LeaseProfile profile, boolean bmc, boolean watchdog) {
        var host = new SimHost(this, name, site, rack, profile, bmc, watchdog);
        hosts.put(name, host);
        room.hosts.put(name, new HostRow(host));
        room.index.put(name, new TreeSet<>());
        return host;
    }

    void addMachine(String uid, String host, int priority) {
        var machine = new Machine(uid, Optional.empty(), 0, false, priority).on(host);
        room.put(machine);
        Objects.requireNonNull(room.index.get(host)).add(uid);
        room.host(host).add(uid, machine.epoch());
    }

    void addFleet(String name, int size, int surge, List<String> on) {
        oracle.cap(name, size + surge);
        for (int i = 1; i <= size; i++) addMachine("%s.%d".formatted(name, i), on.get(i % on.size()), 1);
        room.fleets.put(name, new Room.FleetRow(name, size, surge, size));
    }

    void addServers(int count) {
        for (int i = 1; i <= count; i++) room.servers.add(new SimServer(this, "s" + i));
    }

    void begin() {
        room.servers.forEach(SimServer::start);
        hosts.values().forEach(SimHost::begin);
    }

    SimHost host(String name) {
        return Objects.requireNonNull(hosts.get(name), name);
    }

    void started(String machine, String host) {
        oracle.started(machine, host);
        starts.started(machine, host);
    }

    /** What the room's clock shows. */
    Instant instant() {
        return instant(time.now());
    }

    Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    boolean crashes(SimServer server) {
        return crashPerMille > 0 && dice.below(1000) < crashPerMille;
    }

    long databaseTakes() {
        return dice.between(VirtualTime.MILLI, databaseMostMillis * VirtualTime.MILLI);
    }

    /** True where its present terms don't do, or there are fewer voters than there could be. */
    boolean votersChange(HostRow row) {
        var newest = row.possible.newest();
        if (newest.number() == 0 || newest.profile() != row.profile) return true;
        for (var voter : newest.voters()) if (!votes(room.host(voter.host()))) return true;
        return newest.voters().size() < 5 && newest.profile().leased();
    }

    List<Voters.Candidate> candidates(HostRow row) {
        var candidates = new ArrayList<Voters.Candidate>();
        for (var each : room.hosts.values())
            if (each.site.equals(row.site) && votes(each))
                candidates.add(new Voters.Candidate(each.name, each.rack, each.name));
        return candidates;
    }

    private boolean votes(HostRow row) {
        return !row.dead() && !novoters.contains(row.name);
    }

    /** Somebody is woken up, looks for a while, and lets everything that is missing now be recovered. */
    long operatorTakesSeconds = 20;

    void operatorIsCalled() {
        if (operatorCalled) return;
        operatorCalled = true;
        time.after(operatorTakesSeconds * VirtualTime.SECOND, () -> {
            operatorCalled = false;
            story.say("operat", "releases %d storms", room.storms.size());
            room.storms.replaceAll(storm -> new Look.Storm(
                    storm.name(), new StormSpec(storm.spec().site(), StormSpec.Decision.RELEASED), storm.own()));
        });
    }

    /** The end of all faults: power, lines, servers and disks are there again. */
    void calm() {
        story.say("world", "calm");
        network.heal();
        crashPerMille = 0;
        databaseMostMillis = 5;
        room.down = false;
        lies.liars.clear();
        novoters.clear();
        operatorTakesSeconds = 5;
        room.servers.forEach(SimServer::start);
        for (var host : hosts.values()) {
            host.storageHangs = false;
            host.powerOn();
            if (host.powered && host.agent().isEmpty()) host.startAgent();
        }
    }
}
