package regie.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Through which devices the inside of each site is reached from without; see {@link Wiring}. */
final class Gateways {
    private final Estate estate;

    Gateways(Estate estate) {
        this.estate = estate;
    }

    /** @param declared whether links say so, which are then the ways in; else it goes without saying */
    record Of(List<String> devices, boolean declared) {}

    Map<String, Of> bySite() {
        var joined = joined();
        var all = new TreeMap<String, Of>();
        for (var site : estate.sites().keySet()) {
            var declared = joined.getOrDefault(site, List.of());
            if (!declared.isEmpty()) {
                all.put(site, new Of(declared, true));
                continue;
            }
            var routers = of(site, DeviceSpec.Role.ROUTER);
            all.put(site, new Of(routers.isEmpty() ? of(site, DeviceSpec.Role.FIREWALL) : routers, false));
        }
        return all;
    }

    private List<String> of(String site, DeviceSpec.Role role) {
        return estate.devices().entrySet().stream()
                .filter(entry ->
                        entry.getValue().site().equals(site) && entry.getValue().role() == role)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, List<String>> joined() {
        var joined = new TreeMap<String, List<String>>();
        for (var link : estate.links().values()) {
            own(link.from(), link.to()).or(() -> own(link.to(), link.from())).ifPresent(device -> {
                var site = link.from().site().or(() -> link.to().site()).orElseThrow();
                var devices = joined.computeIfAbsent(site, _ -> new ArrayList<>());
                if (!devices.contains(device)) devices.add(device);
            });
        }
        return joined;
    }

    /** The device of a link that joins it to its own site. */
    private Optional<String> own(LinkSpec.Endpoint device, LinkSpec.Endpoint site) {
        return device.device()
                .filter(name ->
                        site.site().filter(estate.siteOfDevice(name)::equals).isPresent());
    }
}
