package regie.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Row;
import regie.kernel.Tx;

/** The only place that reads and writes the tables of join tokens and agents. */
final class AgentLedger {
    private AgentLedger() {}

    static void addToken(Tx tx, String id, byte[] sha256, List<String> servers, Instant now, Instant end) {
        tx.change("""
                insert into identity.join_token (id, sha256, servers, created_at, expires_at)
                values (:id, :sha256, :servers, :now, :end)
                """, "id", id, "sha256", sha256, "servers", servers, "now", now, "end", end);
    }

    /** What a token says; the row stays locked until the end of the transaction, so that it is used once. */
    record TokenRow(Set<String> servers, Instant expiresAt, Optional<Instant> usedAt) {}

    static Optional<TokenRow> lockToken(Tx tx, String id, byte[] sha256) {
        return tx.first(
                """
                select array_to_string(servers, ' ') as servers, expires_at, used_at
                  from identity.join_token where id = :id and sha256 = :sha256 for update
                """,
                row -> new TokenRow(new HashSet<>(words(row)), row.instant("expires_at"), row.maybeInstant("used_at")),
                "id",
                id,
                "sha256",
                sha256);
    }

    static void useToken(Tx tx, String id, Instant now) {
        tx.change("update identity.join_token set used_at = :now where id = :id", "id", id, "now", now);
    }

    static void addAgent(Tx tx, UUID uid, Collection<String> servers, String serial, Instant now, Instant end) {
        tx.change(
                "insert into identity.agent (uid, joined_at, serial, ends_at) values (:uid, :now, :serial, :end)",
                "uid",
                uid,
                "now",
                now,
                "serial",
                serial,
                "end",
                end);
        // In the order of names: two agents that join for the same servers wait for each other and never lock each
        // other out.
        tx.change("""
                insert into identity.agent_server (server, agent)
                select server, :uid from unnest(:servers) as server order by server
                on conflict (server) do update set agent = excluded.agent
                """, "uid", uid, "servers", servers.stream().distinct().toList());
    }

    static void renewed(Tx tx, UUID uid, String serial, Instant end) {
        tx.change(
                "update identity.agent set serial = :serial, ends_at = :end where uid = :uid",
                "uid",
                uid,
                "serial",
                serial,
                "end",
                end);
    }

    static boolean isLiving(Tx tx, UUID uid) {
        return tx.first(
                        "select 1 as one from identity.agent where uid = :uid and revoked_at is null",
                        row -> row.integer("one"),
                        "uid",
                        uid)
                .isPresent();
    }

    static boolean standsFor(Tx tx, UUID uid, String server) {
        return tx.first("""
                        select 1 as one from identity.agent_server join identity.agent on agent.uid = agent_server.agent
                         where server = :server and agent = :uid and revoked_at is null
                        """, row -> row.integer("one"), "uid", uid, "server", server)
                .isPresent();
    }

    /** False where there is no such agent, or it was revoked before. */
    static boolean revoke(Tx tx, UUID uid, Instant now) {
        return 1
                == tx.change(
                        "update identity.agent set revoked_at = :now where uid = :uid and revoked_at is null",
                        "uid",
                        uid,
                        "now",
                        now);
    }

    static List<AgentRecord> all(Tx tx) {
        return tx.query(
                """
                select uid, joined_at, serial, ends_at, revoked_at,
                       coalesce((select string_agg(server, ' ' order by server) from identity.agent_server
                                  where agent_server.agent = it.uid), '') as servers
                  from identity.agent as it order by joined_at, uid
                """,
                row -> new AgentRecord(
                        row.uuid("uid"),
                        words(row),
                        row.instant("joined_at"),
                        row.text("serial"),
                        row.instant("ends_at"),
                        row.maybeInstant("revoked_at")));
    }

    /** Names of servers hold no blank. */
    private static List<String> words(Row row) {
        var servers = row.text("servers");
        return servers.isEmpty() ? List.of() : List.of(servers.split(" ", -1));
    }
}
