package regie.continuity;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import regie.agent.contract.Artifact;
import regie.compute.Compute;
import regie.compute.ImageStatus;
import regie.estate.Devices;
import regie.estate.Servers;
import regie.estate.Sites;
import regie.identity.Projects;
import regie.kernel.Actor;
import regie.kernel.Database;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Migrations;
import regie.kernel.Resources;
import regie.network.Networks;
import regie.testing.Schema;

/** What every room of these tests stands on. */
final class Ground {
    static final class Rooms implements Schema {
        public Rooms() {}

        @Override
        public void migrate(DataSource database) {
            for (var room : List.of("kernel", "network", "compute", "continuity")) Migrations.run(database, room);
        }
    }

    static final Kinds KINDS = new Kinds(Stream.concat(
                    Stream.<Kind<?, ?>>of(
                            Projects.KIND,
                            Sites.KIND,
                            Sites.RACK,
                            Sites.FEED,
                            Devices.KIND,
                            Devices.LINK,
                            Servers.KIND,
                            Networks.KIND,
                            Storms.KIND,
                            Maintenances.KIND),
                    Compute.KINDS.stream())
            .toList());

    private Ground() {}

    /** As if its bytes had been imported. */
    static void imageIsReady(Database database, Resources resources, String name) {
        database.change(Actor.ROOM, tx -> {
            var image = resources.get(tx, Compute.IMAGE, Compute.IMAGE.key("", name));
            var files = image.spec().boot().roles().stream()
                    .map(role -> new Artifact(role, Artifact.Format.RAW, "a".repeat(64), 1))
                    .toList();
            resources.report(
                    tx, Compute.IMAGE, Map.of(image.uid(), new ImageStatus(ImageStatus.State.READY, files, 0)));
        });
    }
}
