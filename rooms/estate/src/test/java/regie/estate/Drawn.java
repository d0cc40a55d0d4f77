package regie.estate;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Spec;
import regie.kernel.Wanted;

/** An estate out of manifests, without a database. */
final class Drawn {
    private static final Manifests MANIFESTS = new Manifests(
            new Kinds(List.of(Sites.KIND, Sites.RACK, Sites.FEED, Servers.KIND, Devices.KIND, Devices.LINK)));

    private Drawn() {}

    static Estate estate(String text) {
        var all = MANIFESTS.read("estate.yaml", text, "default");
        var services = new TreeMap<String, String>();
        for (var wanted : all)
            wanted.labels().forEach((key, value) -> {
                if (key.equals(Estate.SERVICE)) services.put(wanted.key().name(), value);
            });
        return new Estate(
                of(all, SiteSpec.class),
                of(all, RackSpec.class),
                of(all, FeedSpec.class),
                of(all, ServerSpec.class),
                of(all, DeviceSpec.class),
                of(all, LinkSpec.class),
                services);
    }

    static EstateGraph graph(String text) {
        return new EstateGraph(estate(text));
    }

    private static <S extends Spec> NavigableMap<String, S> of(List<Wanted> all, Class<S> type) {
        var found = new TreeMap<String, S>();
        for (var wanted : all)
            if (type.isInstance(wanted.spec())) found.put(wanted.key().name(), type.cast(wanted.spec()));
        return found;
    }
}
