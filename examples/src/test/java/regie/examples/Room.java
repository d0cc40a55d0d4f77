package regie.examples;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import regie.compute.Compute;
import regie.estate.Devices;
import regie.estate.Servers;
import regie.estate.Sites;
import regie.identity.Projects;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Changes;
import regie.kernel.Database;
import regie.kernel.Declarations;
import regie.kernel.Hints;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Migrations;
import regie.kernel.Resources;
import regie.network.Networks;
import regie.testing.Schema;

/** A control room without doors: manifests go in, and stand in a real database. */
final class Room {
    static final class Tables implements Schema {
        @Override
        public void migrate(DataSource database) {
            for (var room : List.of("kernel", "network", "compute")) Migrations.run(database, room);
        }
    }

    final Kinds kinds = new Kinds(all());
    final Resources resources = new Resources(kinds);
    final Database database;
    private final Manifests manifests = new Manifests(kinds);
    private final Declarations declarations = new Declarations(kinds, resources, Chance.SECURE);

    Room(DataSource source) {
        this.database = new Database(source, new Hints());
    }

    Changes apply(Manifests.Source... files) {
        var wanted = manifests.read(List.of(files), "default");
        return database.transact(Actor.ROOM, tx -> declarations.apply(tx, wanted));
    }

    /** Everything that a change would leave a trace in, put together. */
    String traces() {
        return database.read(tx -> tx.first("""
                        select concat_ws(' ',
                          (select count(*) || ':' || md5(string_agg(r::text, '' order by uid)) from kernel.resource r),
                          (select count(*) from kernel.log),
                          (select count(*) from kernel.reference),
                          (select count(*) || ':' || coalesce(sum(generation), 0) from kernel.work)) as traces
                        """, row -> row.text("traces")).orElseThrow());
    }

    private static List<Kind<?, ?>> all() {
        var kinds = new ArrayList<Kind<?, ?>>(List.of(
                Projects.KIND,
                Sites.KIND,
                Sites.RACK,
                Sites.FEED,
                Servers.KIND,
                Devices.KIND,
                Devices.LINK,
                Networks.KIND));
        kinds.addAll(Compute.KINDS);
        return kinds;
    }
}
