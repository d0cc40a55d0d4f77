package regie.death;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refused;
import regie.agent.lease.Suspicion;
import regie.agent.lease.Terms;
import regie.agent.lease.Voters;

/**
 * What the room makes of what hosts say, and what follows from verdicts: what is dead starts elsewhere, what is clean comes back. It looks
 * at everything anew each time; every server does, on one database.
 */
final class Judge {
    /** Terms are made as often as the product makes them: once a second. */
    private static final int PASSES_PER_ROUND = 20;

    private final SimServer server;
    private final World world;
    private final Places places;
    private final Verdicts verdicts;
    private int passes;

    Judge(SimServer server) {
        this.server = server;
        this.world = server.world;
        this.places = new Places(server);
        this.verdicts = new Verdicts(server, this);
    }

    private Room room() {
        return world.room;
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
        row.reportedAt = world.time.now();
        promises(report.promises());
        report.ears()
                .forEach((host, ear) ->
                        room().hears(room().host(host), report.host(), ear == Suspicion.Ear.MISSES, world.instant()));
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
            row.heard = true;
            row.heardSince = world.instant();
        });
    }

    // Each pass.

    void pass() {
        verdicts.pass();
        boolean round = ++passes % PASSES_PER_ROUND == 0;
        for (var row : room().hosts.values()) {
            if (row.dead()) places.restartFrom(row);
            if (round && row.condemnation.isEmpty()) makeTerms(row);
        }
        for (var fleet : List.copyOf(room().fleets.values())) places.fill(fleet);
        for (var machine : List.copyOf(room().waiting)) places.place(machine);
    }

    // What verdicts come to.

    /** From here on nobody grants it anything. */
    void condemn(HostRow row, long number) {
        room().listNumber++;
        room().condemnedEver++;
        row.condemnation = Optional.of(number);
        world.story.say(server.name, "condemns %s (%d), terms %s", row.name, number, Verdicts.terms(row.possible));
        world.oracle.condemned(row.name);
        room().hosts.values().forEach(server::push);
    }

    void lift(HostRow row) {
        world.story.say(server.name, "refuses %s no longer", row.name);
        row.condemnation.ifPresent(room().promises::remove);
        row.condemnation = Optional.empty();
        room().listNumber++;
    }

    void declareDead(HostRow row, String proof) {
        long number = row.verdict.orElseThrow().number();
        row.verdict = Optional.empty();
        if (row.condemnation.isEmpty() && world.parts.condemnsTheDead()) condemn(row, number);
        row.proof = Optional.of(proof);
        row.died = world.instant();
        room().provenEver++;
        world.story.say(server.name, "declares %s dead: %s", row.name, proof);
        world.oracle.proven(row.name, room().on(row).stream().map(Machine::uid).toList());
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
