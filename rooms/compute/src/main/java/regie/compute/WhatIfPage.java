package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import regie.compute.Returning.Fate;
import regie.estate.Element;
import regie.estate.EstateGraph;
import regie.estate.Loss;
import regie.kernel.Declared;

/** Puts together what is answered. */
final class WhatIfPage {
    private final EstateGraph graph;
    private final Loss loss;
    private final Standing standing;
    private final Map<UUID, Fate> fates;

    private WhatIfPage(EstateGraph graph, Loss loss, Standing standing, Map<UUID, Fate> fates) {
        this.graph = graph;
        this.loss = loss;
        this.standing = standing;
        this.fates = fates;
    }

    static WhatIfAnswer of(EstateGraph graph, Loss loss, Standing standing, Map<UUID, Fate> fates) {
        return new WhatIfPage(graph, loss, standing, fates).told();
    }

    private WhatIfAnswer told() {
        return new WhatIfAnswer(
                WhatIf.words(loss.lost()),
                totals(),
                fallen(),
                machines(),
                fleets(),
                projects(),
                services(graph.estate().byService()),
                services(graph.estate().byControlRoomPart()));
    }

    private WhatIfAnswer.Totals totals() {
        int dark = 0;
        int diskless = 0;
        int cutOff = 0;
        for (var entry : loss.fallen().entrySet()) {
            if (entry.getKey().kind() != Element.Kind.SERVER) continue;
            switch (entry.getValue().fate()) {
                case LOST, GONE, DARK, DOWN -> dark++;
                case DISKLESS -> diskless++;
                case CUT_OFF -> cutOff++;
            }
        }
        var all = Tally.of(fates.values());
        int servers = graph.count(Element.Kind.SERVER);
        int machines = standing.machines().size();
        return new WhatIfAnswer.Totals(
                servers, dark, diskless, cutOff, machines, all.returning(), all.lost(), all.cutOff());
    }

    private List<WhatIfAnswer.Fallen> fallen() {
        return loss.fallen().entrySet().stream()
                .map(entry -> new WhatIfAnswer.Fallen(
                        entry.getKey().toString(),
                        entry.getValue().fate(),
                        entry.getValue().because().stream()
                                .map(Element::toString)
                                .toList()))
                .toList();
    }

    private List<WhatIfAnswer.Machine> machines() {
        var told = new ArrayList<WhatIfAnswer.Machine>();
        for (var machine : standing.machines().values()) {
            var fate = fates.get(machine.uid());
            if (fate != null) told.add(machine(machine, fate));
        }
        return told;
    }

    private WhatIfAnswer.Machine machine(Declared<InstanceSpec, InstanceStatus> machine, Fate fate) {
        var to = fate instanceof Fate.Returns returns
                ? Optional.of(returns.to())
                : Optional.<regie.placement.Host>empty();
        return new WhatIfAnswer.Machine(
                machine.key(),
                machine.owner().flatMap(_ -> machine.spec().group()),
                standing.host(machine.uid()).name(),
                switch (fate) {
                    case Fate.Returns _ -> WhatIfAnswer.Fate.RETURNS;
                    case Fate.Lost _ -> WhatIfAnswer.Fate.LOST;
                    case Fate.CutOff _ -> WhatIfAnswer.Fate.CUT_OFF;
                },
                to.map(regie.placement.Host::name),
                to.map(host -> host.location().site()),
                fate instanceof Fate.Returns returns && returns.foreseen(),
                fate instanceof Fate.Lost lost ? Optional.of(lost.why()) : Optional.empty());
    }

    private List<WhatIfAnswer.Fleet> fleets() {
        var told = new ArrayList<WhatIfAnswer.Fleet>();
        by(machine -> machine.owner().flatMap(_ -> machine.spec().group()).map(name -> machine.project() + "/" + name))
                .forEach((name, members) -> {
                    var tally = tally(members);
                    var key = members.getFirst();
                    if (tally.none()) return;
                    told.add(new WhatIfAnswer.Fleet(
                            key.project(),
                            name.substring(key.project().length() + 1),
                            members.size(),
                            members.size() - tally.hit(),
                            tally.returning(),
                            tally.lost(),
                            tally.cutOff()));
                });
        return told;
    }

    private List<WhatIfAnswer.Project> projects() {
        var told = new ArrayList<WhatIfAnswer.Project>();
        by(machine -> Optional.of(machine.project())).forEach((name, members) -> {
            var tally = tally(members);
            if (tally.none()) return;
            told.add(new WhatIfAnswer.Project(
                    name,
                    members.size(),
                    members.size() - tally.hit(),
                    tally.returning(),
                    tally.lost(),
                    tally.cutOff()));
        });
        return told;
    }

    private List<WhatIfAnswer.Service> services(Map<String, List<String>> by) {
        var told = new ArrayList<WhatIfAnswer.Service>();
        by.forEach((name, servers) -> {
            long out = servers.stream().filter(this::isOut).count();
            if (out > 0) told.add(new WhatIfAnswer.Service(name, servers.size(), (int) out));
        });
        return told;
    }

    private boolean isOut(String server) {
        return loss.server(server).isPresent();
    }

    private Map<String, List<Declared<InstanceSpec, InstanceStatus>>> by(
            java.util.function.Function<Declared<InstanceSpec, InstanceStatus>, Optional<String>> name) {
        var by = new TreeMap<String, List<Declared<InstanceSpec, InstanceStatus>>>();
        for (var machine : standing.machines().values())
            name.apply(machine)
                    .ifPresent(key ->
                            by.computeIfAbsent(key, _ -> new ArrayList<>()).add(machine));
        return by;
    }

    private Tally tally(List<Declared<InstanceSpec, InstanceStatus>> members) {
        return Tally.of(members.stream()
                .flatMap(member -> Optional.ofNullable(fates.get(member.uid())).stream())
                .toList());
    }

    private record Tally(int returning, int lost, int cutOff) {
        static Tally of(Collection<Fate> fates) {
            int returning = 0;
            int lost = 0;
            int cutOff = 0;
            for (var fate : fates) {
                switch (fate) {
                    case Fate.Returns _ -> returning++;
                    case Fate.Lost _ -> lost++;
                    case Fate.CutOff _ -> cutOff++;
                }
            }
            return new Tally(returning, lost, cutOff);
        }

        int hit() {
            return returning + lost + cutOff;
        }

        boolean none() {
            return hit() == 0;
        }
    }
}
