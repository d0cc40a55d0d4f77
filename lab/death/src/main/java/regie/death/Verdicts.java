package regie.death;

import static regie.death.VirtualTime.MILLI;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.RunOut;
import regie.agent.lease.Terms;
import regie.compute.Watched;
import regie.continuity.LeaseView;
import regie.continuity.Look;
import regie.continuity.StormSpec;
import regie.continuity.Suspicion;
import regie.continuity.Verdict;
import regie.continuity.VerdictPlan;
import regie.continuity.VerdictPlanner;
import regie.continuity.VerdictStep;

/**
 * The shell around the production planner of verdicts: what a server of the room looks at, what it writes down, and what it then says to
 * controllers. It may crash before it writes and after it has written: what is to be done then is found by whoever looks next.
 */
final class Verdicts {
    private static final long LATE_LATELY = 200 * MILLI;
    private static final long AT_ONCE_SECONDS = 600;

    private final SimServer server;
    private final World world;
    private final Judge judge;

    Verdicts(SimServer server, Judge judge) {
        this.server = server;
        this.world = server.world;
        this.judge = judge;
    }

    private Room room() {
        return world.room;
    }

    void pass() {
        var missed = missed();
        boolean concerned = !missed.isEmpty() || !room().storms.isEmpty();
        for (var row : room().hosts.values())
            concerned |= row.verdict.isPresent() || row.condemnation.isPresent() || row.doubted;
        if (!concerned) return;
        var rows = room().hosts.values().stream().collect(Collectors.toMap(row -> row.server, row -> row));
        var plan = VerdictPlanner.plan(look(missed));
        var talks = new ArrayList<Runnable>();
        server.write(() -> {
            for (var step : plan.steps()) carryOut(rows, step, talks);
            doubt(plan);
        });
        talks.forEach(Runnable::run);
    }

    private void doubt(VerdictPlan plan) {
        for (var row : room().hosts.values()) {
            if (!row.doubted && plan.doubted().contains(row.server))
                world.story.say(server.name, "doubts %s", row.name);
            row.doubted = plan.doubted().contains(row.server);
        }
    }

    // What is known.

    private Map<UUID, Suspicion> missed() {
        var missed = new LinkedHashMap<UUID, Suspicion>();
        Map<String, Watched> watched = new HashMap<>();
        for (var row : room().hosts.values()) {
            if (row.heard && !row.roomMisses && row.missedByNeighbours == 0) continue;
            watch(watched, row);
            for (var voter : row.possible.newest().voters()) watch(watched, room().host(voter.host()));
            view().suspicion(row.watched(), watched)
                    .ifPresent(suspicion -> missed.put(row.server, world.parts.suspicion(suspicion)));
        }
        return missed;
    }

    private static void watch(Map<String, Watched> watched, HostRow row) {
        watched.computeIfAbsent(row.name, _ -> row.watched());
    }

    private LeaseView view() {
        return new LeaseView(room().ears, room().missed, room().possible);
    }

    private Look look(Map<UUID, Suspicion> missed) {
        var hosts = new ArrayList<Watched>();
        var verdicts = new ArrayList<Verdict>();
        var late = new HashSet<UUID>();
        var switches = new HashSet<UUID>();
        var leased = new HashSet<UUID>();
        var ranOut = new HashMap<UUID, String>();
        var condemned = new HashSet<UUID>();
        var deaths = new ArrayList<Look.Buried>();
        for (var row : room().hosts.values()) {
            hosts.add(row.watched());
            row.verdict.ifPresent(verdicts::add);
            if (world.time.now() - row.lateAt < LATE_LATELY) late.add(row.server);
            if (missed.containsKey(row.server)) {
                switches.add(row.server); // of some the controller never answers
                if (view().leased(row.name)) leased.add(row.server);
            }
            if (row.verdict.isPresent() && row.condemnation.isPresent() && ranOut(row))
                ranOut.put(row.server, "its lease has run out");
            if (row.verdict.isEmpty() && row.condemnation.isPresent()) condemned.add(row.server);
            if (row.dead() && lately(row)) deaths.add(new Look.Buried(row.server, row.site));
        }
        return new Look(
                world.instant(),
                hosts,
                missed,
                world.parts.late(late),
                verdicts,
                switches,
                leased,
                ranOut,
                condemned,
                List.copyOf(room().storms),
                deaths,
                world.parts.settings());
    }

    private boolean lately(HostRow row) {
        return row.died.isAfter(world.instant().minusSeconds(AT_ONCE_SECONDS))
                && room().past.stream()
                        .noneMatch(past -> past.spec()
                                        .site()
                                        .filter(site -> !site.equals(row.site))
                                        .isEmpty()
                                && !past.over().isBefore(row.died));
    }

    private boolean ranOut(HostRow row) {
        long number = row.condemnation.orElseThrow();
        var proof = server.proofs.computeIfAbsent(
                number,
                _ -> new RunOut(
                        row.name,
                        number,
                        world.parts.possible(row.possible),
                        room().servers.stream().map(each -> each.name).collect(Collectors.toSet()),
                        server.now()));
        for (var each : room().promises.getOrDefault(number, Map.of()).values())
            proof.heard(world.parts.promise(each, number), server.now());
        return view().leased(row.name) && world.parts.proven(proof, server.now());
    }

    // What is written down.

    private void carryOut(Map<UUID, HostRow> rows, VerdictStep step, List<Runnable> talks) {
        switch (step) {
            case VerdictStep.Suspect suspect -> open(row(rows, suspect.host().server()), suspect);
            case VerdictStep.Ask ask -> talks.add(asked(row(rows, ask.verdict().server()), false));
            case VerdictStep.CutPower cut ->
                talks.add(asked(row(rows, cut.verdict().server()), true));
            case VerdictStep.Condemn condemn ->
                condemn(row(rows, condemn.verdict().server()));
            case VerdictStep.Declare declare -> {
                judge.declareDead(row(rows, declare.verdict().server()), declare.proof());
            }
            case VerdictStep.Acquit acquit -> acquit(row(rows, acquit.verdict().server()));
            case VerdictStep.Lift lift -> judge.lift(row(rows, lift.server()));
            case VerdictStep.BeginStorm begin -> begin(begin);
            case VerdictStep.EndStorm end -> end(end.storm());
        }
    }

    private static HostRow row(Map<UUID, HostRow> rows, UUID uid) {
        return java.util.Objects.requireNonNull(rows.get(uid));
    }

    private void open(HostRow row, VerdictStep.Suspect step) {
        world.story.say(server.name, "suspects %s", row.name);
        row.verdict = Optional.of(new Verdict(
                ++room().verdicts,
                row.server,
                row.name,
                row.site,
                step.suspicion().since(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0));
    }

    private void condemn(HostRow row) {
        var was = row.verdict.orElseThrow();
        row.verdict = Optional.of(with(was, Optional.of(world.instant()), was.asked(), was.toldOff(), was.offs()));
        judge.condemn(row, was.number());
    }

    private void acquit(HostRow row) {
        world.story.say(server.name, "hears of %s again", row.name);
        row.verdict = Optional.empty();
        if (row.condemnation.isPresent()) judge.lift(row);
    }

    private static Verdict with(
            Verdict was, Optional<Instant> condemned, Optional<Instant> asked, Optional<Instant> toldOff, int offs) {
        return new Verdict(
                was.number(),
                was.server(),
                was.name(),
                was.site(),
                was.suspected(),
                condemned,
                asked,
                was.answer(),
                toldOff,
                offs);
    }

    // What is said to controllers, once it is written that it will be.

    private Runnable asked(HostRow row, boolean cut) {
        var was = row.verdict.orElseThrow();
        var asked = world.instant();
        var told = cut ? Optional.of(asked) : was.toldOff();
        row.verdict = Optional.of(with(was, was.condemned(), Optional.of(asked), told, was.offs() + (cut ? 1 : 0)));
        long takes = cut ? world.dice.between(50 * MILLI, 300 * MILLI) : world.dice.between(30 * MILLI, 150 * MILLI);
        int life = server.life();
        return () -> world.time.after(takes, () -> {
            if (life != server.life()) return;
            var host = world.host(row.name);
            var says = world.parts.says(cut ? host.bmcTurnsOff() : host.askBmc());
            server.deliver(() -> answered(row, was.number(), new Verdict.Answer(says, asked, "")));
        });
    }

    private void answered(HostRow row, long verdict, Verdict.Answer answer) {
        if (room().down) return;
        row.verdict = row.verdict.map(was -> was.number() != verdict
                        || was.answer()
                                .filter(it -> it.asked().isAfter(answer.asked()))
                                .isPresent()
                ? was
                : new Verdict(
                        was.number(),
                        was.server(),
                        was.name(),
                        was.site(),
                        was.suspected(),
                        was.condemned(),
                        was.asked(),
                        Optional.of(answer),
                        was.toldOff(),
                        was.offs()));
    }

    // Storms.

    private void begin(VerdictStep.BeginStorm step) {
        var name = "storm-%d".formatted(++room().stormEvents);
        world.story.say(
                server.name,
                "%s at %s: %d of %d are missing; nothing is fenced",
                name,
                step.site().orElse("all sites"),
                step.missing(),
                step.hosts());
        room().storms.add(new Look.Storm(name, new StormSpec(step.site(), StormSpec.Decision.HELD), true));
        world.operatorIsCalled();
    }

    private void end(String name) {
        world.story.say(server.name, "%s is over", name);
        for (var storm : room().storms)
            if (storm.name().equals(name)) room().past.add(new Room.Past(storm.spec(), world.instant()));
        room().storms.removeIf(storm -> storm.name().equals(name));
    }

    /** As the ledger of leases has it, by name. */
    static String terms(PossibleTerms possible) {
        return possible.terms().stream().map(Terms::number).toList().toString();
    }
}
