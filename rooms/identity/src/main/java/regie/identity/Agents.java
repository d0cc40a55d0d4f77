package regie.identity;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Key;
import regie.kernel.Refused;
import regie.kernel.Sha256;
import regie.kernel.Tx;

/** Who may stand for which server. */
public final class Agents {
    private final Database database;
    private final Access access;
    private final CertificateAuthority authority;
    private final Duration life;
    private final Clock clock;
    private final Chance chance;

    /** @param life of an agent's certificate; agents renew it after two thirds of it */
    public Agents(
            Database database,
            Access access,
            CertificateAuthority authority,
            Duration life,
            Clock clock,
            Chance chance) {
        this.database = database;
        this.access = access;
        this.authority = authority;
        this.life = life;
        this.clock = clock;
        this.chance = chance;
    }

    /** What an agent is given. */
    public record Issued(UUID agent, String certificatePem, String authorityPem) {}

    /**
     * Uses the token up and lets a new agent in, which takes the place of the agents that stood for these servers.
     *
     * @param servers all of them within what the token was made for
     * @throws Refused with {@link AgentRefusal.JoinDenied}; a token that was refused can still be used
     */
    public Issued join(String tokenId, String tokenSecret, Collection<String> servers, String requestPem) {
        var key = Certificates.requested(requestPem)
                .orElseThrow(
                        () -> denied(tokenId, "its certificate signing request is no valid one for an EC P-256 key"));
        return database.transact(Actor.ROOM, tx -> {
            useToken(tx, tokenId, tokenSecret, servers);
            var agent = chance.uuid();
            var certificate = authority.forAgent(agent, key, life);
            AgentLedger.addAgent(
                    tx,
                    agent,
                    servers,
                    serial(certificate),
                    clock.now(),
                    certificate.getNotAfter().toInstant());
            return issued(agent, certificate);
        });
    }

    private void useToken(Tx tx, String id, String secret, Collection<String> servers) {
        var token = AgentLedger.lockToken(tx, id, Sha256.of(secret))
                .orElseThrow(() -> denied(id, "there is no such token"));
        if (token.usedAt().isPresent()) throw denied(id, "it was used already");
        if (!clock.now().isBefore(token.expiresAt())) throw denied(id, "it expired on " + token.expiresAt());
        if (servers.isEmpty()) throw denied(id, "the agent names no server");
        servers.stream()
                .filter(server -> !token.servers().contains(server))
                .findFirst()
                .ifPresent(server -> {
                    throw denied(id, "it was not made for " + server);
                });
        AgentLedger.useToken(tx, id, clock.now());
    }

    /** @throws Refused with {@link AgentRefusal.AgentDenied} where the agent was revoked or never joined */
    public void admit(String agent) {
        var uid = uid(agent);
        if (!database.read(tx -> AgentLedger.isLiving(tx, uid))) {
            throw new AgentRefusal.AgentDenied(agent, "it was revoked, or never joined").asException();
        }
    }

    /** @throws Refused with {@link AgentRefusal.AgentDenied} where it does not, or another agent joined for it since */
    public void checkStandsFor(String agent, String server) {
        var uid = uid(agent);
        if (!database.read(tx -> AgentLedger.standsFor(tx, uid, server))) {
            throw new AgentRefusal.AgentDenied(agent, "it does not stand for " + server).asException();
        }
    }

    /** @throws Refused with {@link AgentRefusal.AgentDenied} */
    public Issued renew(String agent, String requestPem) {
        PublicKey key = Certificates.requested(requestPem)
                .orElseThrow(
                        () -> new AgentRefusal.AgentDenied(agent, "its signing request is not valid").asException());
        var uid = uid(agent);
        return database.transact(Actor.ROOM, tx -> {
            if (!AgentLedger.isLiving(tx, uid)) {
                throw new AgentRefusal.AgentDenied(agent, "it was revoked, or never joined").asException();
            }
            var certificate = authority.forAgent(uid, key, life);
            AgentLedger.renewed(
                    tx, uid, serial(certificate), certificate.getNotAfter().toInstant());
            return issued(uid, certificate);
        });
    }

    /** The agent's next call is refused; those under way are for the door to end. @throws Refused where it can't be */
    public void revoke(Caller caller, UUID agent) {
        access.check(caller, Access.Verb.WRITE, Access.Ground.TOKENS);
        database.change(caller.actor(), tx -> {
            if (!AgentLedger.revoke(tx, agent, clock.now())) {
                throw new AgentRefusal.NoSuchAgent(agent.toString()).asException();
            }
            var key = new Key("Agent", "", agent.toString());
            AuditLedger.write(tx, caller, "revoke", List.of(new AuditLedger.Line(key, agent, 1, 0)));
        });
    }

    public List<AgentRecord> list(Caller caller) {
        access.check(caller, Access.Verb.READ, Access.Ground.TOKENS);
        return database.read(AgentLedger::all);
    }

    private Issued issued(UUID agent, X509Certificate certificate) {
        return new Issued(agent, Certificates.pem(certificate), authority.certificatePem());
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private static UUID uid(String agent) {
        try {
            return UUID.fromString(agent);
        } catch (IllegalArgumentException malformed) {
            throw new AgentRefusal.AgentDenied(agent, "its certificate names no agent of ours").asException();
        }
    }

    private static Refused denied(String token, String why) {
        return new AgentRefusal.JoinDenied(token, why).asException();
    }
}
