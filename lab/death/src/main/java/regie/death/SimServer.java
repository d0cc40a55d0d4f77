package regie.death;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Ears;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.RoomVoice;
import regie.agent.lease.RunOut;

/** A server of the room: hears hosts, and has the judge look at them twenty times a second. What is not in the database dies with it. */
final class SimServer {
    private static final long PASS = 50 * VirtualTime.MILLI;
    private static final long READ = 200 * VirtualTime.MILLI;

    /** One and a half beats: whoever will be missed together is late together before. */
    private static final long LATE = LeaseProfile.BEAT.toNanos() * 3 / 2;

    /** As the room alone takes a host for silent. */
    private static final long SILENT = 5 * VirtualTime.SECOND;

    /** A server that has not passed for so long has lost its hosts to the others. */
    private static final long GONE = 2 * VirtualTime.SECOND;

    /** A crash of this server in the midst of what it did; what was committed stays. */
    static final class Crash extends RuntimeException {}

    final World world;
    final String name;
    final Skew clock;
    final Judge judge;
    final Map<Long, RunOut> proofs = new HashMap<>();
    private RoomVoice voice;
    private Ears ears = new Ears(LeaseProfile.BEAT);
    private boolean alive;
    private int life;
    private long pausedUntil;
    private long passedAt;

    SimServer(World world, String name) {
        this.world = world;
        this.name = name;
        this.clock = Skew.by(world.dice);
        this.judge = new Judge(this);
        this.voice = new RoomVoice(name, now());
    }

    long now() {
        return clock.read(world.time.now());
    }

    /** Told apart from those before: what one life began, another doesn't end. */
    int life() {
        return alive ? life : -1;
    }

    boolean alive() {
        return alive;
    }

    void start() {
        if (alive) return;
        alive = true;
        life++;
        voice = new RoomVoice(name, now());
        ears = new Ears(LeaseProfile.BEAT);
        proofs.clear();
        pausedUntil = 0;
        passedAt = world.time.now();
        int mine = life;
        world.story.say(name, "starts");
        every(READ, mine, this::read);
        every(PASS, mine, this::pass);
    }

    void die(String why) {
        if (!alive) return;
        alive = false;
        world.story.say(name, "dies: %s", why);
    }

    void pause(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.time.now() + nanos);
    }

    void deliver(Runnable what) {
        if (!alive) return;
        int mine = life;
        if (pausedUntil > world.time.now()) {
            world.time.at(pausedUntil, () -> {
                if (mine == life) deliver(what);
            });
            return;
        }
        try {
            what.run();
        } catch (Crash crash) {
            die("at a write");
            world.time.after(world.dice.between(VirtualTime.SECOND, 8 * VirtualTime.SECOND), this::start);
        }
    }

    private void every(long nanos, int mine, Runnable what) {
        world.time.after(
                nanos,
                () -> deliver(() -> {
                    if (mine != life) return;
                    every(nanos, mine, what);
                    what.run();
                }));
    }

    /** One transaction. The server may crash before it, and after it before it knows. */
    void write(Runnable change) {
        if (world.crashes(this)) throw new Crash();
        change.run();
        if (world.crashes(this)) throw new Crash();
    }

    private void read() {
        if (world.room.down) return;
        long asked = now();
        long takes = world.databaseTakes();
        world.time.after(takes / 2, () -> {
            var list = world.room.list();
            world.time.after(takes - takes / 2, () -> deliver(() -> voice.read(list, asked)));
        });
    }

    void heard(Beat beat) {
        ears.heard(beat, now());
        var answer = world.parts.roomAnswers(this, beat, voice.heard(beat, now()));
        world.network.beat(name, beat.host(), () -> world.host(beat.host()).answer(answer));
        if (world.room.down) return;
        var row = world.room.host(beat.host());
        if (beat.hears() && !row.attends.equals(Optional.of(name))) row.attends = Optional.of(name);
        if (row.condemnation.isEmpty()) row.possible = row.possible.settled(beat.settled());
    }

    void took(Report report) {
        if (world.room.down) return;
        judge.took(report);
    }

    /** Everything that the host lacks. */
    void push(HostRow row) {
        if (!row.attends.equals(Optional.of(name))) return;
        var push = new Push(row.incarnation, row.possible.newest(), world.room.list(), world.room.wish(row));
        world.network.send(
                name,
                row.name,
                () -> world.host(row.name).agent().ifPresent(agent -> agent.deliver(() -> agent.take(push))));
    }

    private void pass() {
        if (world.room.down) return;
        passedAt = world.time.now();
        long now = now();
        for (var row : world.room.hosts.values()) {
            if (adopts(row)) {
                row.attends = Optional.of(name);
                ears.expect(row.name, now);
            }
            if (!row.attends.equals(Optional.of(name))) continue;
            ears.expect(row.name, now);
            listen(row, now);
        }
        judge.promises(voice.refused(now));
        judge.pass();
    }

    private void listen(HostRow row, long now) {
        long silent = ears.silentNanos(row.name, now).orElse(0L);
        boolean late = silent > LATE;
        row.roomMisses = late && ears.misses(row.name, now);
        world.room.hears(row, Answer.ROOM, row.roomMisses, world.instant(world.time.now() - silent));
        if (late) row.lateAt = world.time.now();
        boolean heard = silent < SILENT;
        if (heard == row.heard || row.dead()) return;
        row.heard = heard;
        row.heardSince = world.instant();
    }

    private boolean adopts(HostRow row) {
        return row.attends.isPresent()
                && !row.attends.get().equals(name)
                && world.room.servers.stream()
                        .filter(each -> each.name.equals(row.attends.get()))
                        .allMatch(each -> world.time.now() - each.passedAt > GONE);
    }
}
