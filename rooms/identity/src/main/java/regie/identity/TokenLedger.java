package regie.identity;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Row;
import regie.kernel.Tx;

/** The only place that reads and writes {@code identity.token}. */
final class TokenLedger {
    private static final String COLUMNS = "uid, name, role, project, created_at, last_used_at, revoked_at";

    private TokenLedger() {}

    /** False where a living token has this name. */
    static boolean add(Tx tx, UUID uid, TokenWanted wanted, Secret secret) {
        return 1
                == tx.change(
                        """
                        insert into identity.token (uid, name, role, project, sha256)
                        values (:uid, :name, :role, :project, :sha256)
                        on conflict (name) where revoked_at is null do nothing
                        """,
                        "uid",
                        uid,
                        "name",
                        wanted.name(),
                        "role",
                        wanted.role(),
                        "project",
                        wanted.project(),
                        "sha256",
                        secret.sha256());
    }

    static Optional<Token> living(Tx tx, Secret secret) {
        return tx.first(
                "select " + COLUMNS + " from identity.token where sha256 = :sha256 and revoked_at is null",
                TokenLedger::token,
                "sha256",
                secret.sha256());
    }

    static boolean isLiving(Tx tx, UUID uid) {
        return tx.first(
                        "select uid from identity.token where uid = :uid and revoked_at is null",
                        row -> row.uuid("uid"),
                        "uid",
                        uid)
                .isPresent();
    }

    /** By name, the living ones first. */
    static List<Token> all(Tx tx) {
        return tx.query(
                "select " + COLUMNS + " from identity.token order by revoked_at is not null, name, created_at",
                TokenLedger::token);
    }

    static void used(Tx tx, UUID uid) {
        tx.change("update identity.token set last_used_at = clock_timestamp() where uid = :uid", "uid", uid);
    }

    static Optional<UUID> revoke(Tx tx, String name) {
        tx.hint(SignIns.TOPIC);
        return tx.first("""
                update identity.token set revoked_at = clock_timestamp() where name = :name and revoked_at is null
                returning uid
                """, row -> row.uuid("uid"), "name", name);
    }

    /** @return those that were living until now */
    static List<Token> revokeOf(Tx tx, String project) {
        tx.hint(SignIns.TOPIC);
        return tx.query(
                "update identity.token set revoked_at = clock_timestamp() where project = :project and revoked_at is null"
                        + " returning " + COLUMNS,
                TokenLedger::token,
                "project",
                project);
    }

    static boolean hasOperator(Tx tx) {
        return tx.first(
                        "select uid from identity.token where role = 'OPERATOR' and revoked_at is null limit 1",
                        row -> row.uuid("uid"))
                .isPresent();
    }

    private static Token token(Row row) {
        return new Token(
                row.uuid("uid"),
                row.text("name"),
                Role.valueOf(row.text("role")),
                row.maybeText("project"),
                row.instant("created_at"),
                row.maybeInstant("last_used_at"),
                row.maybeInstant("revoked_at"));
    }
}
