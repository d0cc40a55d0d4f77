package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import regie.compute.Watched;
import regie.continuity.StormSpec.Decision;
import regie.continuity.Suspicion.Path;
import regie.continuity.Verdict.Said;
import regie.kernel.Check;

/** A look written by hand; plans are told as text. */
final class Missing {
    static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
    static final Set<Path> ROOM = Set.of(Path.ROOM);
    static final Set<Path> BOTH = Set.of(Path.ROOM, Path.MESH);

    final Map<String, Watched> hosts = new LinkedHashMap<>();
    Duration grace = Duration.ZERO;
    final Map<UUID, Suspicion> suspicions = new HashMap<>();
    final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    final Set<UUID> late = new HashSet<>();
    final Set<UUID> switches = new HashSet<>();
    final Set<UUID> leased = new HashSet<>();
    final Map<UUID, String> ranOut = new HashMap<>();
    final Set<UUID> condemned = new HashSet<>();
    final List<Look.Storm> storms = new ArrayList<>();
    final List<Look.Buried> deaths = new ArrayList<>();

    static UUID uid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** {@code par1-h07} stands at site par1. */
    Missing host(String name) {
        hosts.put(name, new Watched(uid(name), name, name.split("-", 2)[0], false, true, NOW.minusSeconds(600)));
        return this;
    }

    Missing hosts(String site, int count) {
        for (int at = 0; at < count; at++) host("%s-h%03d".formatted(site, at));
        return this;
    }

    private Watched known(String name) {
        return Check.present(hosts.get(name));
    }

    Missing dead(String name) {
        var was = known(name);
        hosts.put(name, new Watched(was.server(), name, was.site(), true, false, NOW));
        return this;
    }

    Missing controller(String name) {
        switches.add(uid(name));
        return this;
    }

    Missing leased(String name) {
        leased.add(uid(name));
        return this;
    }

    Missing missed(String name, int secondsAgo, Set<Path> by, Set<Path> watchedBy) {
        return missed(name, Duration.ofSeconds(secondsAgo), by, watchedBy);
    }

    private Missing missed(String name, Duration ago, Set<Path> by, Set<Path> watchedBy) {
        var was = known(name);
        hosts.put(name, new Watched(was.server(), name, was.site(), was.dead(), false, NOW.minus(ago)));
        suspicions.put(uid(name), new Suspicion(NOW.minus(ago), by, watchedBy, grace));
        return this;
    }

    Missing missedFor(String name, Duration ago) {
        return missed(name, ago, BOTH, BOTH);
    }

    Missing missedByAll(String name) {
        return missed(name, 2, BOTH, BOTH);
    }

    /** As the ledger has it once it was missed; {@code what} is known beside. */
    Missing verdict(String name, UnaryOperator<Verdict> what) {
        var host = known(name);
        var since = Optional.ofNullable(suspicions.get(host.server()))
                .map(Suspicion::since)
                .orElse(NOW.minusSeconds(2));
        var fresh = new Verdict(
                verdicts.size() + 1,
                host.server(),
                name,
                host.site(),
                since,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
        verdicts.put(name, what.apply(fresh));
        return this;
    }

    static Verdict condemned(Verdict was) {
        return with(was, Optional.of(NOW.minusSeconds(1)), was.asked(), was.answer(), was.toldOff(), was.offs());
    }

    static Verdict asked(Verdict was, Duration ago) {
        return with(was, was.condemned(), Optional.of(NOW.minus(ago)), was.answer(), was.toldOff(), was.offs());
    }

    static Verdict answered(Verdict was, Duration askedAgo, Said said, String fault) {
        var asked = NOW.minus(askedAgo);
        var answer = new Verdict.Answer(said, asked, fault);
        return with(was, was.condemned(), Optional.of(asked), Optional.of(answer), was.toldOff(), was.offs());
    }

    static Verdict toldOff(Verdict was, Duration ago, int times) {
        return with(was, was.condemned(), was.asked(), was.answer(), Optional.of(NOW.minus(ago)), times);
    }

    private static Verdict with(
            Verdict was,
            Optional<Instant> condemned,
            Optional<Instant> asked,
            Optional<Verdict.Answer> answer,
            Optional<Instant> toldOff,
            int offs) {
        return new Verdict(
                was.number(),
                was.server(),
                was.name(),
                was.site(),
                was.suspected(),
                condemned,
                asked,
                answer,
                toldOff,
                offs);
    }

    Missing storm(String name, Optional<String> site, Decision decision) {
        storms.add(new Look.Storm(name, new StormSpec(site, decision), true));
        return this;
    }

    Missing diedLately(String name) {
        dead(name);
        deaths.add(new Look.Buried(uid(name), known(name).site()));
        return this;
    }

    Look look() {
        return look(List.copyOf(verdicts.values()));
    }

    Look shuffledVerdicts(Random random) {
        var other = new ArrayList<>(verdicts.values());
        Collections.shuffle(other, random);
        return look(other);
    }

    private Look look(List<Verdict> inOrder) {
        return new Look(
                NOW,
                List.copyOf(hosts.values()),
                suspicions,
                late,
                inOrder,
                switches,
                leased,
                ranOut,
                condemned,
                storms,
                deaths,
                VerdictSettings.DEFAULT);
    }

    String told() {
        var plan = VerdictPlanner.plan(look());
        var lines = new ArrayList<String>();
        for (var step : plan.steps()) lines.add(told(step));
        var names = hosts.values().stream().collect(Collectors.toMap(Watched::server, Watched::name));
        plan.holds().entrySet().stream()
                .flatMap(held -> held.getValue().stream()
                        .map(hold -> "! %s %s: %s".formatted(names.get(held.getKey()), hold.code(), hold.detail())))
                .sorted()
                .forEach(lines::add);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String told(VerdictStep step) {
        return switch (step) {
            case VerdictStep.Suspect suspect -> "suspect " + suspect.host().name();
            case VerdictStep.Ask ask -> "ask " + ask.verdict().name();
            case VerdictStep.Condemn condemn -> "condemn " + condemn.verdict().name();
            case VerdictStep.CutPower cut -> "cut " + cut.verdict().name();
            case VerdictStep.Declare declare -> "dead " + declare.verdict().name() + ": " + declare.proof();
            case VerdictStep.Acquit acquit -> "acquit " + acquit.verdict().name();
            case VerdictStep.Lift _ -> "lift";
            case VerdictStep.BeginStorm storm ->
                "storm at %s: %d of %d".formatted(storm.site().orElse("all sites"), storm.missing(), storm.hosts());
            case VerdictStep.EndStorm end -> "end storm " + end.storm();
        };
    }
}
