package regie.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Kind;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Spec;
import regie.kernel.Status;
import regie.kernel.Tx;

/**
 * All that is declared of the estate, by name.
 *
 * @param services what each server is for, by its label {@value #SERVICE}; those without one are left out
 */
public record Estate(
        NavigableMap<String, SiteSpec> sites,
        NavigableMap<String, RackSpec> racks,
        NavigableMap<String, FeedSpec> feeds,
        NavigableMap<String, ServerSpec> servers,
        NavigableMap<String, DeviceSpec> devices,
        NavigableMap<String, LinkSpec> links,
        Map<String, String> services) {
    /** The label by which servers that run no guests say what they are for. */
    public static final String SERVICE = "service";

    public static Estate read(Tx tx, Resources resources) {
        var servers = resources.list(tx, Servers.KIND, Selection.ALL);
        return new Estate(
                specs(tx, resources, Sites.KIND),
                specs(tx, resources, Sites.RACK),
                specs(tx, resources, Sites.FEED),
                servers.stream().collect(byName(Declared::spec)),
                specs(tx, resources, Devices.KIND),
                specs(tx, resources, Devices.LINK),
                servers.stream()
                        .filter(server -> server.labels().containsKey(SERVICE))
                        .collect(byName(server -> server.labels().getOrDefault(SERVICE, ""))));
    }

    /** By service: the servers that are for it. */
    public NavigableMap<String, List<String>> byService() {
        var by = new TreeMap<String, List<String>>();
        for (var server : servers.keySet()) {
            var service = services.get(server);
            if (service != null)
                by.computeIfAbsent(service, _ -> new ArrayList<>()).add(server);
        }
        return by;
    }

    /** By part of the control room: the servers that have it. */
    public NavigableMap<String, List<String>> byControlRoomPart() {
        var by = new TreeMap<String, List<String>>();
        servers.forEach((name, server) -> {
            for (var part : server.controlRoom())
                by.computeIfAbsent(Json.name(part), _ -> new ArrayList<>()).add(name);
        });
        return by;
    }

    /** Empty where there is no such device. */
    String siteOfDevice(String device) {
        return Optional.ofNullable(devices.get(device)).map(DeviceSpec::site).orElse("");
    }

    private static <S extends Spec, T extends Status> NavigableMap<String, S> specs(
            Tx tx, Resources resources, Kind<S, T> kind) {
        return resources.list(tx, kind, Selection.ALL).stream().collect(byName(Declared::spec));
    }

    private static <D extends Declared<?, ?>, V> java.util.stream.Collector<D, ?, TreeMap<String, V>> byName(
            Function<D, V> value) {
        return Collectors.toMap(Declared::name, value, (one, _) -> one, TreeMap::new);
    }
}
