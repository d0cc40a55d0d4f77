package regie.death;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Ears;
import regie.agent.lease.Lease;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refusals;
import regie.agent.lease.Suspicion;
import regie.agent.lease.Voter;

/** An agent: the shell around the production lease, voter and ears. All that reaches it while it stands still happens afterwards. */
final class SimAgent {
    private static final long BEAT = LeaseProfile.BEAT.toNanos();
    private static final int ROUNDS_PER_REPORT = 3;
    private static final long DEAF_FOR = 1500 * VirtualTime.MILLI;
    private static final long START_MOST = 300 * VirtualTime.MILLI;

    private final SimHost host;
    private final World world;
    private final long incarnation;
    private final Lease lease;
    private final Voter voter;
    private final Ears ears = new Ears(LeaseProfile.BEAT);
    private final Set<String> starting = new HashSet<>();
    private boolean alive = true;
    private long pausedUntil;
    private boolean writing;
    private long rounds;
    private List<String> missedLast = List.of();
    private long reports;

    /** It ran just this when there had been so many beginnings and ends of processes. */
    private Map<String, Long> done = Map.of();

    private long doneTurns = -1;
    private int server;
    private long roomHeardAt;

    SimAgent(SimHost host, long incarnation) {
        this.host = host;
        this.world = host.world;
        this.incarnation = incarnation;
        this.server = (int) (incarnation % world.room.servers.size());
        this.roomHeardAt = host.now();
        this.voter = host.disk.marked
                ? Voter.remembering(host.name, host.disk.refusals, host.now())
                : world.parts.voterWithoutDisk(host.name, host.now());
        this.lease = host.gateShut()
                ? world.parts.begun(host, incarnation)
                : world.parts.resumed(host, incarnation, host.wardenEnd());
    }

    void begin() {
        host.disk.marked = true;
        world.time.after(world.dice.between(0, BEAT), this::round);
    }

    void die() {
        alive = false;
    }

    boolean alive() {
        return alive;
    }

    long incarnation() {
        return incarnation;
    }

    SimHost host() {
        return host;
    }

    Lease lease() {
        return lease;
    }

    long rounds() {
        return rounds;
    }

    boolean goesOn() {
        return alive && world.time.now() >= pausedUntil;
    }

    /** How long its newest terms let guests go on. */
    long hold() {
        return host.disk.terms.isEmpty()
                ? 0
                : host.disk.terms.getLast().profile().hold().toNanos();
    }

    /** About when the beat was sent that this answers. */
    long sent(Answer answer) {
        return host.now() - (rounds - answer.sequence()) * BEAT;
    }

    Voter voter() {
        return voter;
    }

    void pause(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.time.now() + nanos);
    }

    /** Now, or once the agent goes on; never where it is gone by then. */
    void deliver(Runnable what) {
        if (!alive) return;
        long goesOn = Math.max(pausedUntil, host.frozenUntil);
        if (goesOn > world.time.now()) world.time.at(goesOn, () -> deliver(what));
        else what.run();
    }

    private void round() {
        deliver(() -> {
            rounds++;
            long now = host.now();
            lease.round(now);
            if (now - roomHeardAt > DEAF_FOR) {
                server++;
                roomHeardAt = now;
            }
            var beats = new ArrayList<Runnable>();
            beats.add(beat(Answer.ROOM, now));
            for (var each : lease.voters()) beats.add(beat(each.host(), now));
            world.network.leave(beats);
            afterwards();
            var missed = ears.missed(now).stream().map(Ears.Silence::host).toList();
            if (rounds % ROUNDS_PER_REPORT == 1 || !missed.equals(missedLast)) report();
            missedLast = missed;
            world.time.after(BEAT + world.dice.between(0, BEAT / 20), this::round);
        });
    }

    private SimServer attended() {
        return world.room.servers.get(server % world.room.servers.size());
    }

    private Runnable beat(String receiver, long now) {
        var beat = world.parts.beat(this, lease.beat(receiver, now));
        if (receiver.equals(Answer.ROOM)) {
            var to = attended();
            return () -> world.network.beat(host.name, to.name, () -> to.deliver(() -> to.heard(beat)));
        } else {
            var to = world.host(receiver);
            return () -> world.network.beat(
                    host.name, receiver, () -> to.agent().ifPresent(agent -> agent.deliver(() -> agent.heard(beat))));
        }
    }

    /** Another host's beat, to its voter. */
    private void heard(Beat beat) {
        ears.heard(beat, host.now());
        var answer = world.parts.voterAnswers(this, beat, voter.heard(beat, host.now()));
        world.network.beat(host.name, beat.host(), () -> world.host(beat.host()).answer(answer));
    }

    void answered(Answer answer) {
        if (answer.by().equals(Answer.ROOM)) roomHeardAt = host.now();
        lease.answered(world.parts.answer(this, answer), host.now());
        world.parts.afterAnswer(this, answer);
        afterwards();
    }

    void stopped() {
        lease.stopped(host.now());
    }

    /** After anything that may have moved the lease. */
    private void afterwards() {
        host.arm(world.parts.runUntil(this, lease.runUntil(host.now())));
        writeTerms();
        if (world.parts.mayRun(this, !(lease.state(host.now()) instanceof Lease.State.Lapsed))) runWish();
    }

    private void writeTerms() {
        var terms = lease.terms();
        if (writing || terms.equals(host.disk.terms)) return;
        writing = true;
        write(() -> {
            writing = false;
            host.disk.terms = terms;
            lease.written(terms, host.now());
            writeTerms();
        });
    }

    /** A disk that hangs takes as long as it hangs; an agent that dies meanwhile has written nothing. */
    private void write(Runnable done) {
        world.time.after(world.dice.between(VirtualTime.MILLI, 20 * VirtualTime.MILLI), () -> {
            if (host.storageHangs && alive) world.time.after(VirtualTime.SECOND, () -> write(done));
            else deliver(done);
        });
    }

    void take(Push push) {
        if (push.incarnation() != incarnation) return;
        lease.take(push.terms(), host.now());
        takeRefusals(push.refusals());
        if (world.parts.isNewer(push.wish(), host.disk.wish) && !host.storageHangs) host.disk.wish = push.wish();
        afterwards();
        report();
    }

    private void takeRefusals(Refusals list) {
        if (!world.parts.takes(voter, list)) return;
        if (world.parts.promisesUnwritten()) voter.written(list.number());
        write(() -> {
            if (list.number() > host.disk.refusals.number()) host.disk.refusals = world.parts.kept(list);
            voter.written(list.number());
            report();
        });
    }

    private void runWish() {
        var wished = host.disk.wish.machines();
        if (wished.equals(done) && host.turns() == doneTurns) return;
        for (var each : new TreeMap<>(host.processes()).entrySet())
            if (!each.getValue().equals(wished.get(each.getKey()))) host.end(each.getKey());
        for (var each : wished.entrySet()) {
            var machine = each.getKey();
            if (host.processes().containsKey(machine) || !starting.add(machine)) continue;
            world.time.after(
                    world.dice.between(20 * VirtualTime.MILLI, START_MOST),
                    () -> deliver(() -> {
                        starting.remove(machine);
                        if (each.getValue().equals(host.disk.wish.machines().get(machine)))
                            host.start(machine, each.getValue());
                    }));
        }
        if (!wished.equals(host.processes())) return;
        done = wished;
        doneTurns = host.turns();
    }

    private void report() {
        long now = host.now();
        Map<String, Suspicion.Ear> heard = new HashMap<>();
        for (var each : ears.known())
            heard.put(each, ears.misses(each, now) ? Suspicion.Ear.MISSES : Suspicion.Ear.HEARS);
        var report = new Report(
                host.name,
                incarnation,
                ++reports,
                host.disk.wish.generation(),
                world.lies.told(host),
                lease.newest(),
                host.disk.refusals.number(),
                world.parts.promises(this, voter.refused(now)),
                heard);
        var to = attended();
        world.network.send(host.name, to.name, () -> to.deliver(() -> to.took(report)));
    }
}
