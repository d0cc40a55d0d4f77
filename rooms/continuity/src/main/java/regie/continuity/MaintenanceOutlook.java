package regie.continuity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.compute.Evacuation;
import regie.compute.Evacuation.Foreseen;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;
import regie.kernel.Declared;

/** Plays a maintenance through, server by server, each as things stand now. */
final class MaintenanceOutlook {
    /** Servers that are looked at; behind these, turns are said and nothing is foreseen. */
    private static final int LOOKED_MAX = 100;

    private final MaintenanceSpec spec;
    private final MaintenanceScopes.Scoped scoped;
    private final Evacuation evacuation;
    private final List<String> notes = new ArrayList<>();

    MaintenanceOutlook(MaintenanceSpec spec, MaintenanceScopes.Scoped scoped, Evacuation evacuation) {
        this.spec = spec;
        this.scoped = scoped;
        this.evacuation = evacuation;
    }

    MaintenanceForecast forecast() {
        var servers = spec.scope().feed().isPresent() ? together() : inTurn();
        for (var server : scoped.servers())
            if (!server.spec().controlRoom().isEmpty())
                notes.add("%s has a part of the control room: it goes on where it was once that is back"
                        .formatted(server.name()));
        int refused = (int) servers.stream()
                .filter(server -> server.turn() == 0 && server.skipped().isEmpty())
                .count();
        return new MaintenanceForecast(
                spec.scope().words(), Optional.empty(), servers, scoped.staying(), refused, notes);
    }

    private List<MaintenanceForecast.Server> together() {
        var all = scoped.servers().stream().map(Declared::uid).collect(Collectors.toSet());
        var foreseen = evacuation.foresee(all);
        boolean possible =
                MaintenanceTurns.reasons(foreseen, spec.stopWhatCannotMove()).isEmpty();
        return scoped.servers().stream()
                .map(server -> told(server, possible ? 1 : 0, foreseen))
                .toList();
    }

    private List<MaintenanceForecast.Server> inTurn() {
        var told = new LinkedHashMap<UUID, MaintenanceForecast.Server>();
        var turn = new HashSet<UUID>();
        int number = 1;
        int looked = 0;
        for (var server : scoped.servers()) {
            var skipped = skipped(server.status(), server.spec());
            if (skipped.isPresent()) {
                told.put(server.uid(), left(server, skipped.get()));
                continue;
            }
            if (++looked > LOOKED_MAX) {
                told.put(server.uid(), left(server, "not looked at: %d others come before it".formatted(LOOKED_MAX)));
                continue;
            }
            var alone = evacuation.foresee(Set.of(server.uid()));
            if (MaintenanceTurns.reasons(alone, spec.stopWhatCannotMove()).isPresent()) {
                told.put(server.uid(), told(server, 0, alone));
                continue;
            }
            if (!turn.isEmpty() && (turn.size() == spec.atOnce() || !possible(turn, server.uid()))) {
                number++;
                turn.clear();
            }
            turn.add(server.uid());
            told.put(server.uid(), told(server, number, alone));
        }
        return List.copyOf(told.values());
    }

    private boolean possible(Set<UUID> turn, UUID server) {
        var all = new HashSet<>(turn);
        all.add(server);
        return MaintenanceTurns.reasons(evacuation.foresee(all), false).isEmpty();
    }

    private static Optional<String> skipped(ServerStatus status, ServerSpec spec) {
        if (spec.hypervisor() == ServerSpec.Hypervisor.NONE) return Optional.empty();
        return switch (status.presence()) {
            case DEAD -> Optional.of("it is dead");
            case UNKNOWN -> Optional.of("its agent was never heard");
            case SILENT, SUSPECT, REFUSED -> Optional.of("it is not heard");
            case UP -> Optional.empty();
        };
    }

    private static MaintenanceForecast.Server left(Declared<ServerSpec, ServerStatus> server, String why) {
        return new MaintenanceForecast.Server(server.name(), 0, List.of(), List.of(), List.of(), Optional.of(why));
    }

    private static MaintenanceForecast.Server told(
            Declared<ServerSpec, ServerStatus> server, int turn, Foreseen foreseen) {
        return new MaintenanceForecast.Server(
                server.name(),
                turn,
                foreseen.goes().stream()
                        .filter(going -> going.from().equals(server.uid()))
                        .map(going -> new MaintenanceForecast.Going(
                                going.key().project() + "/" + going.key().name(), going.to()))
                        .toList(),
                foreseen.stays().stream()
                        .filter(staying -> staying.from().equals(server.uid()))
                        .map(staying -> new MaintenanceForecast.Staying(
                                staying.key().project() + "/" + staying.key().name(), staying.why()))
                        .toList(),
                foreseen.broken(),
                Optional.empty());
    }
}
