package regie.identity;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import javax.sql.DataSource;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Kinds;
import regie.kernel.Migrations;
import regie.testing.Schema;

/** The machines' part of the room, on a real database and a clock that a test moves. */
final class MachineWorld {
    static final Caller OPERATOR = new Caller(new UUID(0, 1), "olga", Role.OPERATOR, Optional.empty(), "r1");
    static final Caller AUDITOR = new Caller(new UUID(0, 2), "ada", Role.AUDITOR, Optional.empty(), "r2");
    static final Duration LIFE = Duration.ofDays(30);

    static final class Tables implements Schema {
        public Tables() {}

        @Override
        public void migrate(DataSource database) {
            Migrations.run(database, "kernel");
            Migrations.run(database, "identity");
        }
    }

    final Database database;
    final CertificateAuthority authority;
    final JoinTokens tokens;
    final Agents agents;
    private Instant now = Clock.SYSTEM.now();

    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    MachineWorld(DataSource source, Path folder) {
        database = new Database(source, new Hints());
        authority = openAuthority(folder);
        var access = new Access(new Kinds(List.of(Projects.KIND)), Set.of());
        tokens = new JoinTokens(database, access, authority, clock, Chance.SECURE);
        agents = new Agents(database, access, authority, LIFE, clock, Chance.SECURE);
    }

    CertificateAuthority openAuthority(Path folder) {
        var master = MasterKey.open(folder.resolve("master.key"), Chance.SECURE);
        return CertificateAuthority.open(database, master, clock, Chance.SECURE);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    static String request() {
        return request(Certificates.newKeys());
    }

    static String request(KeyPair keys) {
        try {
            var signer = new JcaContentSignerBuilder(
                            keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
                    .build(keys.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=agent"), keys.getPublic());
            return pem(request.build(signer).getEncoded());
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String pem(byte[] request) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n%s\n-----END CERTIFICATE REQUEST-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(request));
    }
}
