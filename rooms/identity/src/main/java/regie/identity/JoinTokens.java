package regie.identity;

import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import regie.agent.contract.JoinToken;
import regie.kernel.BadField;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Key;
import regie.kernel.Refused;
import regie.kernel.Sha256;

/** Tokens that let one new agent in, once. */
public final class JoinTokens {
    public static final Duration LIFE_MAX = Duration.ofDays(7);
    private static final int ID_BYTES = 5;
    private static final int SECRET_BYTES = 32;

    private final Database database;
    private final Access access;
    private final CertificateAuthority authority;
    private final Clock clock;
    private final Chance chance;

    public JoinTokens(Database database, Access access, CertificateAuthority authority, Clock clock, Chance chance) {
        this.database = database;
        this.access = access;
        this.authority = authority;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * A token for an agent that will stand for all of {@code servers} or some of them. Whether these exist, and whether more
     * than one may share an agent, is for the caller to check.
     *
     * @param life at most {@link #LIFE_MAX}
     * @throws Refused where {@code caller} may not
     */
    public JoinToken make(Caller caller, Collection<String> servers, Duration life) {
        access.check(caller, Access.Verb.WRITE, Access.Ground.TOKENS);
        BadField.unless(!servers.isEmpty(), "servers", "none", "at least one server");
        BadField.unless(
                life.isPositive() && life.compareTo(LIFE_MAX) <= 0,
                "life",
                life.toString(),
                "more than 0 and at most 7 days");
        var token = new JoinToken(
                HexFormat.of().formatHex(bytes(ID_BYTES)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES)),
                authority.fingerprint());
        var now = clock.now();
        database.change(caller.actor(), tx -> {
            AgentLedger.addToken(tx, token.id(), Sha256.of(token.secret()), List.copyOf(servers), now, now.plus(life));
            var key = new Key("JoinToken", "", token.id());
            AuditLedger.write(tx, caller, "make", List.of(new AuditLedger.Line(key, chance.uuid(), 1, 0)));
        });
        return token;
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        chance.nextBytes(bytes);
        return bytes;
    }
}
