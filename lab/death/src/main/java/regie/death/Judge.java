package regie.death;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refused;
import regie.agent.lease.RunOut;
import regie.agent.lease.Suspicion;
import regie.agent.lease.Terms;
import regie.agent.lease.Voters;

/**
 * What the room decides: whom it suspects, condemns, declares dead and takes back, and what it starts elsewhere. It looks at everything
 * anew each time; every server does, on one database.
 */
final class Judge {
    /** More than this share of a site or of the estate, and at least {@link #STORM_LEAST} hosts: nothing is done without an operator. */
    static final double STORM_SHARE = 0.10;

    static final int STORM_LEAST = 3;

    /** A suspicion has to stand so long before anything follows: what vanishes at once doesn't do so at one instant. */
    private static final long SETTLE = 150 * VirtualTime.MILLI;

    private static final long LATE_LATELY = 200 * VirtualTime.MILLI;

    private static final long BMC_AGAIN = 500 * VirtualTime.MILLI;
    private static final long SAID_LATELY = 2 * VirtualTime.SECOND;

    /** Without a lease nobody is turned off before so long a silence. */
    private static final long PATIENCE = LeaseProfile.SAFE.hold().toNanos();

    private final SimServer server;
    private final World world;
    private final Places places;

    Judge(SimServer server) {
        this.server = server;
        this.world = server.world;
        this.places = new Places(server);
    }

    private Room room() {
        return world.room;
    }

    private long now() {
        return world.time.now();
    }

    // What hosts say.

    void took(Report report) {
        var row = room().host(report.host());
        if (report.incarnation() < row.incarnation) return;
        if (report.incarnation() == row.incarnation && report.sequence() <= row.sequence) return;
        row.incarnation = report.incarnation();
        row.sequence = report.sequence();
        row.reportedGeneration = report.generation();
        row.reported = report.machines();
        row.reportedAt = now();
        promises(report.promises());
        report.ears().forEach((host, ear) -> {
            var heard = room().host(host);
            heard.heardByVoter.put(report.host(), ear);
            heard.saidAt.put(report.host(), now());
        });
        if (report.terms() == 0) row.possible = row.possible.lost();
        dropRetired(row);
        takeBack(row);
        if (report.generation() < row.generation
                || report.terms() < row.possible.newest().number()
                || (report.refusals() < room().listNumber && world.parts.tellsAgain())) server.push(row);
    }

    void promises(List<Refused> promises) {
        for (var each : promises)
            room().promises
                    .computeIfAbsent(each.condemnation(), _ -> new TreeMap<>())
                    .put(each.by(), each);
    }

    /** What was retired is gone once its host has taken a wish without it and doesn't tell of it any more. */
    private void dropRetired(HostRow row) {
        if (!row.retires || row.reportedGeneration < row.generation) return;
        row.retires = false;
        for (var machine : room().on(row))
            if (machine.retired() && row.reported.containsKey(machine.uid())) row.retires = true;
            else if (machine.retired()) {
                world.oracle.proven(row.name, List.of(machine.uid()));
                room().machines.remove(machine.uid());
                room().unseat(machine);
            }
    }

    /** A dead host that runs what it is wished to run and nothing else is a host again. */
    private void takeBack(HostRow row) {
        if (!row.dead()) return;
        boolean clean =
                row.reportedGeneration >= row.generation && row.has.keySet().containsAll(row.reported.keySet());
        if (!world.parts.isClean(row, clean)) return;
        server.write(() -> {
            world.story.say(server.name, "takes %s back", row.name);
            row.proof = Optional.empty();
            lift(row);
        });
    }

    // Each pass.

    void pass() {
        for (var row : room().hosts.values()) suspect(row);
        boolean held = storm() && world.parts.holdsInStorms();
        for (var row : room().hosts.values()) {
            if (row.dead()) places.restartFrom(row);
            else if (row.condemnation.isPresent()) prove(row);
            else if (!held && settled(row, now())) accuse(row);
            if (row.condemnation.isEmpty()) makeTerms(row);
        }
        for (var fleet : List.copyOf(room().fleets.values())) places.fill(fleet, held);
        for (var machine : List.copyOf(room().waiting)) places.place(machine);
    }

    private void suspect(HostRow row) {
        if (!row.roomMisses && row.suspectSince.isEmpty()) return;
        var ears = new ArrayList<Suspicion.Ear>();
        for (var voter : row.possible.newest().voters()) {
            boolean lately = now() - row.saidAt.getOrDefault(voter.host(), Long.MIN_VALUE / 2) < SAID_LATELY;
            ears.add(
                    lately
                            ? row.heardByVoter.getOrDefault(voter.host(), Suspicion.Ear.UNKNOWN)
                            : Suspicion.Ear.UNKNOWN);
        }
        var suspicion = world.parts.suspicion(Suspicion.of(row.roomMisses, ears));
        boolean alone = !row.possible.newest().profile().leased() && row.roomMisses;
        if (suspicion == Suspicion.BY_BOTH || alone) {
            if (row.suspectSince.isEmpty()) {
                row.suspectSince = Optional.of(now());
                world.story.say(server.name, "suspects %s", row.name);
                askBmc(row);
            }
        } else if (row.suspectSince.isPresent()) {
            row.suspectSince = Optional.empty();
            world.story.say(server.name, "hears of %s again", row.name);
        }
    }

    static boolean settled(HostRow row, long now) {
        return row.suspectSince.filter(since -> now - since >= SETTLE).isPresent();
    }

    /**
     * True while nothing may be done. Once the room misses anybody, all that it hears late count, whoever else hears them: those
     * that vanished together are late together before any of them is missed.
     */
    private boolean storm() {
        Map<String, Integer> late = new HashMap<>();
        Map<String, Integer> all = new HashMap<>();
        boolean missed = false;
        for (var row : room().hosts.values()) {
            if (!row.roomMisses) room().released.remove(row.name);
            if (row.dead()) continue;
            missed |= row.roomMisses;
            for (var part : List.of("", row.site)) {
                all.merge(part, 1, Integer::sum);
                if (now() - row.lateAt < LATE_LATELY && !room().released.contains(row.name))
                    late.merge(part, 1, Integer::sum);
            }
        }
        boolean storm = missed
                && late.entrySet().stream()
                        .anyMatch(each -> each.getValue() >= STORM_LEAST
                                && each.getValue() > STORM_SHARE * all.getOrDefault(each.getKey(), 0));
        if (storm && room().heldSince.isEmpty()) hold(late.getOrDefault("", 0), all.getOrDefault("", 0));
        // What all came back from needs nobody to decide.
        if (room().heldSince.isPresent() && !missed) {
            room().heldSince = Optional.empty();
            world.story.say(server.name, "all are back, goes on");
        }
        return room().heldSince.isPresent();
    }

    private void hold(int late, int all) {
        server.write(() -> {
            room().heldSince = Optional.of(now());
            room().stormEvents++;
            world.story.say(server.name, "holds everything: %d of %d are late or missed", late, all);
        });
        world.operatorIsCalled();
    }

    /** Suspected by both paths, for longer than it takes beats to be late. */
    private void accuse(HostRow row) {
        askBmc(row);
        if (world.parts.meansOff(row.bmcSaid) && row.bmcAskedAt >= row.suspectSince.orElse(Long.MAX_VALUE)) {
            declareDead(row, "its BMC says off");
            return;
        }
        long silent = now() - row.silentSince;
        var profile = row.possible.newest().profile();
        long hold = world.parts.lapsesBeforeCondemning()
                ? (profile.leased() ? profile.hold().toNanos() : PATIENCE)
                : 0;
        if (silent < hold || (!profile.leased() && row.bmcSaid != SimHost.BmcSays.ON)) return;
        server.write(() -> condemn(row));
        room().hosts.values().forEach(server::push);
    }

    private void condemn(HostRow row) {
        long number = ++room().condemnations;
        room().listNumber++;
        room().condemnedEver++;
        row.condemnation = Optional.of(number);
        world.story.say(
                server.name,
                "condemns %s (%d), terms %s",
                row.name,
                number,
                row.possible.terms().stream().map(Terms::number).toList());
        world.oracle.condemned(row.name);
    }

    private void askBmc(HostRow row) {
        if (now() - row.bmcAskedAt < BMC_AGAIN && row.bmcAskedAt != Long.MIN_VALUE) return;
        row.bmcAskedAt = now();
        row.bmcSaid = SimHost.BmcSays.NOTHING;
        world.time.after(world.dice.between(30 * VirtualTime.MILLI, 150 * VirtualTime.MILLI), () -> {
            row.bmcSaid = world.host(row.name).askBmc();
        });
    }

    // Between condemnation and proof.

    private void prove(HostRow row) {
        long number = row.condemnation.orElseThrow();
        if (row.suspectSince.isEmpty() && !row.roomMisses) {
            withdraw(row);
            return;
        }
        if (!row.possible.newest().profile().leased()) {
            turnOff(row);
            return;
        }
        var proof = server.proofs.computeIfAbsent(
                number,
                _ -> new RunOut(
                        row.name,
                        number,
                        world.parts.possible(row.possible),
                        new HashSet<>(
                                room().servers.stream().map(each -> each.name).toList()),
                        server.now()));
        for (var each : room().promises.getOrDefault(number, Map.of()).values())
            proof.heard(world.parts.promise(each, number), server.now());
        askBmc(row);
        if (world.parts.meansOff(row.bmcSaid)) declareDead(row, "its BMC says off");
        else if (world.parts.proven(proof, server.now())) declareDead(row, "its lease has run out");
    }

    private void turnOff(HostRow row) {
        if (now() - row.bmcAskedAt < BMC_AGAIN) return;
        row.bmcAskedAt = now();
        world.time.after(
                world.dice.between(50 * VirtualTime.MILLI, 300 * VirtualTime.MILLI),
                () -> server.deliver(() -> {
                    if (row.condemnation.isEmpty() || row.dead()) return;
                    if (world.host(row.name).bmcTurnsOff() == SimHost.BmcSays.OFF)
                        declareDead(row, "turned off by its BMC");
                }));
    }

    /** It is heard again, and nothing was started elsewhere. */
    private void withdraw(HostRow row) {
        server.write(() -> {
            world.story.say(server.name, "withdraws the condemnation of %s", row.name);
            lift(row);
        });
    }

    private void lift(HostRow row) {
        row.condemnation.ifPresent(room().promises::remove);
        row.condemnation = Optional.empty();
        room().listNumber++;
    }

    private void declareDead(HostRow row, String proof) {
        server.write(() -> {
            if (row.dead()) return;
            if (row.condemnation.isEmpty()) condemn(row);
            row.proof = Optional.of(proof);
            room().provenEver++;
            world.story.say(server.name, "declares %s dead: %s", row.name, proof);
            world.oracle.proven(
                    row.name, room().on(row).stream().map(Machine::uid).toList());
        });
        places.restartFrom(row);
    }

    // Terms.

    private void makeTerms(HostRow row) {
        if (!row.possible.takesMore() || row.roomMisses || row.attends.isEmpty()) return;
        // While it settles it is given others only if it can't: a voter may be gone that it needs.
        if (row.possible.terms().size() > 1 && world.dice.percent(99)) return;
        var newest = row.possible.newest();
        if (!world.votersChange(row)) return;
        var voters = row.profile.leased()
                ? Voters.keep(newest.voters(), row.name, row.rack, world.candidates(row))
                : List.<Terms.VoterAddress>of();
        var profile = voters.isEmpty() ? LeaseProfile.NONE : row.profile;
        if (newest.profile() == profile && newest.voters().equals(voters) && newest.number() > 0) return;
        server.write(() -> row.possible = row.possible.with(new Terms(row.name, newest.number() + 1, profile, voters)));
        server.push(row);
    }
}
