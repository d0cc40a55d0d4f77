package regie.compute;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen.State;
import regie.compute.AntiAffinity.Domain;
import regie.compute.InstanceStatus.Stage;

/** A scene that no one would think of: small hosts, some closed, machines in every state, fleets that grow, fail and shrink. */
final class RandomScene {
    private static final List<String> SITES = List.of("par1", "fra1", "ams1");
    private static final List<String> GROUPS = List.of("db", "cache");

    /** Of the others these scenes tell nothing. */
    private static final List<Domain> DOMAINS = List.of(Domain.HOST, Domain.RACK, Domain.SITE);

    private final Random random;
    private final Scene scene = new Scene();

    private RandomScene(long seed) {
        this.random = new Random(seed);
    }

    static Scene of(long seed) {
        var made = new RandomScene(seed);
        made.hosts();
        made.machines();
        made.fleets();
        return made.scene;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Claim claim(int most) {
        return new Claim(1 + random.nextInt(most), 64L * (1 + random.nextInt(8 * most)), random.nextInt(5 * most));
    }

    private void hosts() {
        int count = 1 + random.nextInt(12);
        for (int at = 0; at < count; at++) {
            var name = "%s-%s-h%02d".formatted(any(SITES), chance(50) ? "a" : "b", at);
            var unheard = chance(50) ? Host.Presence.SILENT : Host.Presence.DEAD;
            var presence = chance(85) ? Host.Presence.UP : unheard;
            boolean open = presence == Host.Presence.UP && chance(90);
            scene.host(name, open, presence, claim(12));
        }
        for (var site : SITES) if (chance(30)) scene.addresses(site, random.nextInt(6));
        for (var group : GROUPS)
            for (var host : scene.hosts) if (chance(20)) scene.crowd(group, host.name(), 1 + random.nextInt(2));
    }

    private UUID anyHost() {
        return any(scene.hosts).server();
    }

    private void machines() {
        int count = random.nextInt(40);
        for (int at = 0; at < count; at++) {
            var shape = claim(4);
            var machine = scene.machine("m" + at).wants(shape.vcpus(), shape.memoryMiB(), shape.diskGiB());
            if (chance(20)) machine.onlyAt(any(SITES));
            if (chance(40)) machine.apart(any(GROUPS), new AntiAffinity(any(DOMAINS), chance(50)));
            if (chance(10)) machine.obstacle(Holds.imageEmpty("micro"));
            if (chance(40)) placed(machine);
            if (chance(10)) machine.unruled();
            if (chance(10)) machine.deleting();
            if (chance(10)) machine.off();
        }
    }

    private void settle(MachineDraft machine) {
        var host = anyHost();
        machine.on(host);
        if (scene.isDead(host)) machine.lost();
    }

    private void placed(MachineDraft machine) {
        settle(machine);
        if (chance(60)) machine.seen(any(List.of(State.values())), "so it is");
        if (chance(30)) resized(machine);
        if (chance(20)) machine.rebooted(1);
        if (chance(20)) machine.rebuilt(1);
        if (chance(30))
            machine.shown(any(List.of(Stage.values())), Duration.ofSeconds(random.nextInt(100)), random.nextInt(9));
        if (chance(30)) machine.wants(1 + random.nextInt(4), 64L * (1 + random.nextInt(30)), random.nextInt(9));
    }

    /** Its host was told a new shape and has not shown it: the larger of old and new is held. */
    private void resized(MachineDraft machine) {
        var told = claim(4);
        var before = claim(4);
        machine.holding(
                new Claim(
                        Math.max(told.vcpus(), before.vcpus()),
                        Math.max(told.memoryMiB(), before.memoryMiB()),
                        Math.max(told.diskGiB(), before.diskGiB())),
                told);
    }

    private void fleets() {
        int count = random.nextInt(4);
        for (int at = 0; at < count; at++) {
            var name = "f" + at;
            var apart = chance(50)
                    ? Optional.of(new AntiAffinity(any(DOMAINS), chance(30)))
                    : Optional.<AntiAffinity>empty();
            var rest = chance(20)
                    ? Optional.of(Scene.NOW.plusSeconds(random.nextInt(5)))
                    : Optional.<java.time.Instant>empty();
            var status = new FleetStatus(0, 0, 20, random.nextInt(4), rest, "it was so", List.of());
            var taken = chance(20) ? Set.of(name + "-21", name + "-22") : Set.<String>of();
            var fleet = scene.fleet(name, random.nextInt(12), apart, status, chance(10), taken);
            for (int member = random.nextInt(10); member > 0; member--) {
                var draft = scene.member(fleet, name + "-" + member);
                if (chance(80)) settle(draft);
                if (chance(80)) draft.seen(any(List.of(State.values())), "reason " + member);
                if (chance(15)) draft.deleting();
                if (chance(30)) scene.machines.add(draft); // woken itself too
            }
        }
    }
}
