package regie.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import regie.estate.PowerSupply;
import regie.estate.RackSpec;
import regie.estate.ServerSpec;
import regie.estate.SiteSpec;
import regie.estate.Sites;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;
import regie.placement.Location;

/**
 * Where servers stand and what they hang on, by the names of what may fail: those of racks, feeds and devices are unique over all
 * sites, and a room is named with its site.
 */
final class Locations {
    private final Map<String, SiteSpec> sites;
    private final Map<String, RackSpec> racks;

    private Locations(Map<String, SiteSpec> sites, Map<String, RackSpec> racks) {
        this.sites = sites;
        this.racks = racks;
    }

    static Locations read(Tx tx, Resources resources) {
        var sites = new HashMap<String, SiteSpec>();
        for (var site : resources.list(tx, Sites.KIND, Selection.ALL)) sites.put(site.name(), site.spec());
        var racks = resources.list(tx, Sites.RACK, Selection.ALL).stream()
                .collect(Collectors.toMap(Declared::name, Declared::spec));
        return new Locations(sites, racks);
    }

    /** Whether machines may come to the site: it is neither planned, nor in maintenance, nor retired. */
    boolean operational(ServerSpec server) {
        var site = sites.get(server.site());
        return site == null || site.state() == SiteSpec.State.OPERATIONAL;
    }

    /** Its feeds are those of its supplies; where none is declared, those that reach its rack. */
    Location of(ServerSpec server) {
        var rack = server.rack().flatMap(name -> Optional.ofNullable(racks.get(name)));
        var country = Optional.ofNullable(sites.get(server.site())).map(SiteSpec::country);
        var room = rack.flatMap(RackSpec::room).map(name -> server.site() + "/" + name);
        var supplied = server.powerSupplies().stream().map(PowerSupply::feed).toList();
        var feeds = supplied.isEmpty() ? rack.map(RackSpec::feeds).orElse(List.of()) : supplied;
        var switches = server.nics().stream()
                .flatMap(nic -> nic.device().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
        return new Location(
                server.site(),
                country.orElse(""),
                room.orElse(""),
                server.rack().orElse(""),
                feeds,
                switches);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Locations those && sites.equals(those.sites) && racks.equals(those.racks);
    }

    @Override
    public int hashCode() {
        return sites.hashCode() * 31 + racks.hashCode();
    }
}
