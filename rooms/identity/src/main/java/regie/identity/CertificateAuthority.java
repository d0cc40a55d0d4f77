package regie.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import regie.agent.contract.CertificateNames;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Tx;

/**
 * The room's own CA. There is one for a database, made at the first start; what it issues tells rooms and agents apart, so
 * that an agent can't pose as a room.
 */
public final class CertificateAuthority {
    private static final Duration OWN_LIFE = Duration.ofDays(20 * 365);
    private static final String SUBJECT = "CN=Regie agent CA";
    private static final String PURPOSE = "key of the certificate authority";
    private static final int SERIAL_BYTES = 16;

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Clock clock;
    private final Chance chance;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key, Clock clock, Chance chance) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.chance = chance;
    }

    /** A key of this server with its certificate. */
    public record OfServer(PrivateKey key, X509Certificate certificate) {
        /** Without the key. */
        @Override
        public String toString() {
            return "OfServer[%s]".formatted(certificate.getSubjectX500Principal());
        }
    }

    /**
     * The CA of the database, made where there is none; of several servers that start at once, one makes it.
     *
     * @throws Fault where the master key is not the one that sealed it
     */
    public static CertificateAuthority open(Database database, MasterKey master, Clock clock, Chance chance) {
        var there = database.read(tx -> find(tx, master, clock, chance));
        if (there.isPresent()) return there.get();
        make(database, master, clock, chance);
        return database.read(tx -> find(tx, master, clock, chance))
                .orElseThrow(() -> Check.failed("a CA just made is there"));
    }

    private static Optional<CertificateAuthority> find(Tx tx, MasterKey master, Clock clock, Chance chance) {
        return tx.first("select certificate, sealed_key from identity.certificate_authority", row -> {
            try {
                var der = new PKCS8EncodedKeySpec(master.open(row.bytes("sealed_key"), PURPOSE));
                var key = KeyFactory.getInstance("EC").generatePrivate(der);
                return new CertificateAuthority(Certificates.read(row.bytes("certificate")), key, clock, chance);
            } catch (GeneralSecurityException e) {
                throw new Fault("the certificate authority in the database can't be read", e);
            }
        });
    }

    private static void make(Database database, MasterKey master, Clock clock, Chance chance) {
        var keys = Certificates.newKeys();
        var wanted = new Certificates.Wanted(
                SUBJECT, keys.getPublic(), serial(chance), clock.now(), OWN_LIFE, List.of(), Optional.empty());
        var certificate = Certificates.sign(wanted, SUBJECT, keys.getPrivate());
        database.change(
                Actor.ROOM,
                tx -> tx.change(
                        """
                insert into identity.certificate_authority (certificate, sealed_key, created_at)
                values (:certificate, :key, :now) on conflict do nothing
                """,
                        "certificate",
                        encoded(certificate),
                        "key",
                        master.seal(keys.getPrivate().getEncoded(), PURPOSE),
                        "now",
                        clock.now()));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String certificatePem() {
        return Certificates.pem(certificate);
    }

    /** sha256 of the certificate, 64 lower-case hexadecimal digits; join tokens carry it. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded(certificate)));
        } catch (GeneralSecurityException e) {
            throw Check.failed("every Java has SHA-256");
        }
    }

    /**
     * A new key and certificate for a server of the room. It names {@link CertificateNames#ROOM}, which agents check.
     *
     * @param names further DNS names of the server
     */
    public OfServer forServer(Set<String> names, Duration life) {
        var keys = Certificates.newKeys();
        var all = new ArrayList<GeneralName>();
        all.add(new GeneralName(GeneralName.dNSName, CertificateNames.ROOM));
        names.stream().sorted().forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        return new OfServer(
                keys.getPrivate(), sign("CN=Regie room", keys.getPublic(), life, all, KeyPurposeId.id_kp_serverAuth));
    }

    X509Certificate forAgent(UUID agent, PublicKey agentKey, Duration life) {
        var name = new GeneralName(GeneralName.uniformResourceIdentifier, CertificateNames.uri(agent.toString()));
        return sign("CN=Regie agent " + agent, agentKey, life, List.of(name), KeyPurposeId.id_kp_clientAuth);
    }

    private X509Certificate sign(
            String subject, PublicKey subjectKey, Duration life, List<GeneralName> names, KeyPurposeId usage) {
        var wanted = new Certificates.Wanted(
                subject, subjectKey, serial(chance), clock.now(), life, names, Optional.of(usage));
        return Certificates.sign(wanted, SUBJECT, key);
    }

    /** Positive, and by chance: RFC 5280, 4.1.2.2. */
    private static BigInteger serial(Chance chance) {
        var bytes = new byte[SERIAL_BYTES];
        chance.nextBytes(bytes);
        return new BigInteger(1, bytes).setBit(0);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new Fault("a certificate that has no encoding", e);
        }
    }
}
