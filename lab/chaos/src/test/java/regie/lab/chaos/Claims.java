package regie.lab.chaos;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import regie.engine.postgres.EmbeddedPostgres;
import regie.engine.postgres.PostgresSettings;

/** The room's own database, looked into once the room has ended. */
final class Claims {
    private static final String WRONG = """
            select h.name || ' ' || s.slot as name
              from compute.host h join compute.slot s on s.server = h.server
              left join compute.claim c on c.server = s.server and c.slot = s.slot
             group by h.server, s.server, s.slot
            having s.claimed <> coalesce(sum(c.amount), 0)
            """;
    private static final String ORPHANS = """
            select instance from (select instance from compute.allocation
                                   union all select instance from compute.migration
                                   union all select owner from network.address) a
             where not exists (select from kernel.resource r where r.uid = a.instance)
            """;

    private Claims() {}

    /** Slots whose claims are not the sum of their rows, and places and addresses of what is no more. */
    static List<String> wrong(Path postgres) throws Exception {
        try (var server = EmbeddedPostgres.start(PostgresSettings.in(postgres));
                var connection = DriverManager.getConnection(
                        server.address().jdbcUrl(),
                        server.address().user(),
                        server.address().password());
                var statement = connection.createStatement()) {
            var wrong = new ArrayList<String>();
            try (var rows = statement.executeQuery(WRONG)) {
                while (rows.next()) wrong.add("claims of " + rows.getString("name"));
            }
            try (var rows = statement.executeQuery(ORPHANS)) {
                while (rows.next()) wrong.add("a place of nobody: " + rows.getString("instance"));
            }
            return wrong;
        }
    }
}
