package regie.agent.daemon;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import regie.agent.channel.FromHost;
import regie.agent.channel.FromRoom;
import regie.agent.channel.RoomLine;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Hypervisor.Ending;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.agent.lease.Beat;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.agent.lease.RoomVoice;
import regie.agent.lease.Terms;
import regie.engine.simulated.Faults;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;

/** Hosts h1, h2, … that vote for each other, in virtual time, with a room that can be cut off; each host has one guest. */
final class LeaseSite {
    final VirtualTimeline timeline = new VirtualTimeline();
    final Map<String, Refused> promises = new HashMap<>();
    private final Map<String, FromHost.Watching> watching = new HashMap<>();
    private final Map<String, SimulatedHypervisor> engines = new HashMap<>();
    private final Map<String, HostLoop> loops = new HashMap<>();
    private final Map<String, HostLease> leases = new HashMap<>();
    private final Path folder;
    private final Mesh mesh = new Mesh(timeline);
    private final RoomVoice voice = new RoomVoice("room", 0);
    private final int size;
    boolean roomAway;
    /** As if the wardens were processes of their own. */
    boolean outside;

    private Refusals refusals = new Refusals(1, Map.of());

    LeaseSite(Path folder, int size) throws IOException {
        this.folder = folder;
        this.size = size;
        for (int i = 1; i <= size; i++) start("h" + i, Optional.empty());
        for (int i = 1; i <= size; i++) {
            var host = "h" + i;
            loop(host).lease(new FromRoom.Refusing(refusals));
            loop(host).lease(new FromRoom.Termed(terms(host), 200));
            loop(host).wish(new Wish(host, 1, List.of(Wishes.guest(i, 1))));
        }
        timeline.advance(30_000); // agents that have never been there abstain for a while
    }

    /** An agent, anew where there was one. */
    void start(String host, Optional<Wish> newest) throws IOException {
        var engine = new SimulatedHypervisor(host, new Claim(8, 8_192, 100), timeline);
        newest.ifPresent(engine::resume);
        engines.put(host, engine);
        var loop = new HostLoop(
                host,
                new Engine(engine, engine::silent, () -> engine.faults().unwatched(), Machine.UNKNOWN),
                new WishStore(folder, false),
                timeline,
                Runnable::run);
        var store = new LeaseStore(folder.resolve(host), false);
        var around = new HostLease.Surroundings(
                mesh, timeline, this::nanos, engine::silent, Runnable::run, RandomGenerator.of("L64X128MixRandom"));
        var vote = new HostVote(host, store, this::nanos, engine::silent, Runnable::run);
        var ending = (Ending.Inside) engine.ending().orElseThrow();
        var wardens = new HostLease.Wardens(
                outside,
                store.folder(),
                board -> new WardenInside(
                        board,
                        ending,
                        timeline,
                        this::nanos,
                        () -> engine.faults().unwatched()));
        var lease = new HostLease(host, store, wardens, vote, around);
        mesh.join(host, vote, lease::answered);
        loops.put(host, loop);
        leases.put(host, lease);
        var line = new Line(host);
        loop.start(line, new ConsoleDesk(engine, line, LeaseSite::noConsole, Runnable::run), Optional.of(lease), 0);
    }

    long nanos() {
        return timeline.nowMillis() * 1_000_000;
    }

    HostLoop loop(String host) {
        return Objects.requireNonNull(loops.get(host));
    }

    private SimulatedHypervisor engine(String host) {
        return Objects.requireNonNull(engines.get(host));
    }

    boolean runs(String host) {
        try {
            var faults = engine(host).faults();
            engine(host).suffer(faults.contact(Faults.Contact.ANSWERS));
            var guests = engine(host).observe().guests();
            engine(host).suffer(faults);
            return guests.stream().anyMatch(guest -> guest.state() == State.RUNNING);
        } catch (regie.agent.contract.EngineFault dead) {
            return false;
        }
    }

    void cut(String host, boolean yes) {
        engine(host).suffer(engine(host).faults().contact(yes ? Faults.Contact.PARTITIONED : Faults.Contact.ANSWERS));
    }

    void unwatched(String host) {
        engine(host).suffer(engine(host).faults().unwatched(true));
    }

    /** As a kill -9: nothing of it acts any more. */
    void kill(String host) {
        Objects.requireNonNull(leases.get(host)).close();
        loop(host).close();
    }

    FromHost.Watching watching(String host) {
        return Objects.requireNonNull(watching.get(host));
    }

    void condemn(Map<String, Long> hosts) {
        refusals = new Refusals(refusals.number() + 1, hosts);
        loops.values().forEach(loop -> loop.lease(new FromRoom.Refusing(refusals)));
    }

    Terms terms(String host) {
        var voters = new HashSet<String>();
        for (int i = 1; i <= size; i++) if (!host.equals("h" + i)) voters.add("h" + i);
        return new Terms(host, 1, LeaseProfile.SAFE, addresses(voters));
    }

    private static List<Terms.VoterAddress> addresses(Set<String> voters) {
        return voters.stream()
                .sorted()
                .map(host -> new Terms.VoterAddress(host, ""))
                .toList();
    }

    private static ByteChannel noConsole(UUID session) {
        throw new IllegalStateException("no console in this test: " + session);
    }

    /** The room's end: it answers beats as a server of the room does, by the same class. */
    private final class Line implements RoomLine {
        private final String host;

        Line(String host) {
            this.host = host;
        }

        @Override
        public void examined(Vitals vitals) {}

        @Override
        public void lease(FromHost.OfLease word) {
            if (roomAway) return;
            switch (word) {
                case FromHost.Beating beating -> answer(beating.beat());
                case FromHost.Promised promised -> promised.promises().forEach(each -> promises.put(each.by(), each));
                case FromHost.Watching seen -> watching.put(host, seen);
                case FromHost.CanLease _ -> {}
            }
        }

        private void answer(Beat beat) {
            voice.read(refusals, nanos());
            var answer = voice.heard(beat, nanos());
            timeline.after(1, () -> loop(host).lease(new FromRoom.Answered(answer)));
        }

        @Override
        public void report(Report report) {}

        @Override
        public void beat() {}

        @Override
        public void refused(long generation, WishRefused.Reason reason, String detail) {}

        @Override
        public void consoleLog(long request, byte[] bytes, String failure) {}

        @Override
        public void consoleRefused(UUID session, String reason) {}

        @Override
        public void again() {}

        @Override
        public void close() {}
    }
}
