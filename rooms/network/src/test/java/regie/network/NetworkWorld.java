package regie.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import regie.estate.SiteSpec;
import regie.estate.Sites;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Draft;
import regie.kernel.Hints;
import regie.kernel.Key;
import regie.kernel.Kinds;
import regie.kernel.Migrations;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.testing.Schema;

/** A database with a site in it, and networks of that site as a test wants them. */
final class NetworkWorld {
    static final class Tables implements Schema {
        @Override
        public void migrate(DataSource database) {
            Migrations.run(database, "kernel");
            Migrations.run(database, "network");
        }
    }

    final Resources resources = new Resources(new Kinds(List.of(Sites.KIND, Networks.KIND)));
    final Addresses addresses = new Addresses(resources);
    private final Database database;

    NetworkWorld(DataSource source) {
        this.database = new Database(source, new Hints());
        var site = new SiteSpec(SiteSpec.State.OPERATIONAL, "FR", "Paris", Optional.empty(), List.of());
        transact(tx -> declare(tx, Sites.KIND.key("", "par1"), site));
    }

    /** @return its uid */
    UUID network(String name, String cidr, String gateway, String first, String last) {
        var range = new NetworkSpec.Range(first, last);
        return transact(tx -> declare(
                tx, Networks.KIND.key("", name), new NetworkSpec("par1", cidr, gateway, range, "br0", List.of())));
    }

    Map<UUID, Address> take(UUID network, List<UUID> owners) {
        return transact(tx -> addresses.take(tx, network, owners));
    }

    Map<UUID, List<Address>> of(List<UUID> owners) {
        return transact(tx -> addresses.of(tx, owners));
    }

    void release(List<UUID> owners) {
        transact(tx -> {
            addresses.release(tx, owners);
            return true;
        });
    }

    <R> R transact(Function<Tx, R> work) {
        return database.transact(Actor.ROOM, work);
    }

    static List<UUID> owners(int count) {
        return IntStream.range(0, count).mapToObj(_ -> Chance.SECURE.uuid()).toList();
    }

    private UUID declare(Tx tx, Key key, NetworkSpec spec) {
        var draft = new Draft<>(Chance.SECURE.uuid(), key, Optional.empty(), Map.of(), spec);
        resources.create(tx, Networks.KIND, List.of(draft));
        return draft.uid();
    }

    private UUID declare(Tx tx, Key key, SiteSpec spec) {
        var draft = new Draft<>(Chance.SECURE.uuid(), key, Optional.empty(), Map.of(), spec);
        resources.create(tx, Sites.KIND, List.of(draft));
        return draft.uid();
    }
}
