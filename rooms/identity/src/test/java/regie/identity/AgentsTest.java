package regie.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static regie.identity.MachineWorld.OPERATOR;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.CertificateNames;
import regie.agent.contract.JoinToken;
import regie.kernel.Fault;
import regie.kernel.Refused;
import regie.testing.Database;

class AgentsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private MachineWorld world;

    @BeforeEach
    void open(@Database(MachineWorld.Tables.class) DataSource source) {
        world = new MachineWorld(source, folder);
    }

    @Test
    void tokenLetsOneAgentInWithACertificateOfTheRoomsCa() throws Exception {
        var token = token("par1-h01");
        assertThat(token.roomFingerprint()).isEqualTo(world.authority.fingerprint());
        assertThat(JoinToken.parse(token.text())).isEqualTo(token);
        var issued = join(token, "par1-h01");
        var certificate = read(issued.certificatePem());
        certificate.verify(world.authority.certificate().getPublicKey());
        assertThat(Objects.requireNonNull(certificate.getSubjectAlternativeNames()))
                .containsExactly(List.of(6, CertificateNames.uri(issued.agent().toString())));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        world.agents.admit(issued.agent().toString());
        world.agents.checkStandsFor(issued.agent().toString(), "par1-h01");
        assertThat(world.agents.list(OPERATOR)).singleElement().satisfies(it -> {
            assertThat(it.servers()).containsExactly("par1-h01");
            assertThat(it.serial()).isEqualTo(certificate.getSerialNumber().toString(16));
        });
    }

    @Test
    void tokenIsUsedOnce() {
        var token = token("par1-h01");
        join(token, "par1-h01");
        assertDenied("it was used already", () -> join(token, "par1-h01"));
    }

    @Test
    void ofManyWhoShowOneTokenAtOnceOneIsLetIn() throws Exception {
        var token = token("par1-h01");
        int in = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var joins = new ArrayList<Future<Agents.Issued>>();
            for (int agent = 0; agent < 8; agent++) joins.add(threads.submit(() -> join(token, "par1-h01")));
            for (var join : joins) in += letIn(join) ? 1 : 0;
        }
        assertThat(in).isEqualTo(1);
        assertThat(world.agents.list(OPERATOR)).hasSize(1);
    }

    @Test
    void tokenExpires() {
        var token = token("par1-h01");
        world.pass(HOUR);
        assertDenied("it expired", () -> join(token, "par1-h01"));
    }

    @Test
    void tokenIsForItsServersAlone() {
        var token = token("par1-h01", "par1-h02");
        assertDenied("it was not made for par1-h03", () -> join(token, "par1-h01", "par1-h03"));
        assertDenied("the agent names no server", () -> join(token));
        join(token, "par1-h02");
    }

    @Test
    void wrongSecretIsNoToken() {
        var token = token("par1-h01");
        var wrong = new JoinToken(token.id(), "x".repeat(43), token.roomFingerprint());
        assertDenied("there is no such token", () -> join(wrong, "par1-h01"));
        join(token, "par1-h01");
    }

    @Test
    void requestThatIsNoneLeavesTheTokenGood() throws Exception {
        var token = token("par1-h01");
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        for (var request : List.of("", "x", MachineWorld.pem(new byte[] {1, 2}), MachineWorld.request(rsa))) {
            assertDenied(
                    "signing request",
                    () -> world.agents.join(token.id(), token.secret(), List.of("par1-h01"), request));
        }
        join(token, "par1-h01");
    }

    @Test
    void laterAgentTakesTheServerOver() {
        var first = join(token("par1-h01"), "par1-h01").agent().toString();
        var second = join(token("par1-h01"), "par1-h01").agent().toString();
        world.agents.checkStandsFor(second, "par1-h01");
        assertThatThrownBy(() -> world.agents.checkStandsFor(first, "par1-h01"))
                .hasMessageContaining("does not stand for par1-h01");
    }

    @Test
    void revokedAgentIsRefusedAndCannotRenew() {
        var agent = join(token("par1-h01"), "par1-h01").agent();
        world.agents.revoke(OPERATOR, agent);
        assertThatThrownBy(() -> world.agents.admit(agent.toString())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> world.agents.checkStandsFor(agent.toString(), "par1-h01"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> world.agents.renew(agent.toString(), MachineWorld.request()))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> world.agents.revoke(OPERATOR, agent)).isInstanceOf(Refused.class);
    }

    @Test
    void renewedCertificateLivesOn() throws Exception {
        var first = join(token("par1-h01"), "par1-h01");
        world.pass(Duration.ofDays(20));
        var second = read(world.agents
                .renew(first.agent().toString(), MachineWorld.request())
                .certificatePem());
        assertThat(Duration.between(
                        read(first.certificatePem()).getNotAfter().toInstant(),
                        second.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(20));
    }

    @Test
    void thousandsOfServersShareOneToken() {
        var servers = IntStream.range(0, 5_000).mapToObj("h%05d"::formatted).toArray(String[]::new);
        var agent = join(token(servers), servers).agent();
        world.agents.checkStandsFor(agent.toString(), "h04999");
    }

    @Test
    void onlyOperatorsMakeTokens() {
        assertThatThrownBy(() -> world.tokens.make(MachineWorld.AUDITOR, List.of("par1-h01"), HOUR))
                .isInstanceOf(Refused.class);
    }

    @Test
    void authorityIsOneForTheDatabaseAndReadableByItsMasterKeyAlone() throws Exception {
        assertThat(world.openAuthority(folder).fingerprint()).isEqualTo(world.authority.fingerprint());
        var other = Files.createDirectory(folder.resolve("other"));
        assertThatThrownBy(() -> world.openAuthority(other))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("copy the file");
    }

    @Test
    void masterKeyThatOthersCanReadIsRefused() throws Exception {
        var file = folder.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> world.openAuthority(folder))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void serverOfTheRoomIsNoAgent() throws Exception {
        var server = world.authority.forServer(Set.of("room.example"), Duration.ofDays(1));
        assertThat(server.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.toString()).doesNotContain("PRIVATE");
    }

    private JoinToken token(String... servers) {
        return world.tokens.make(OPERATOR, List.of(servers), HOUR);
    }

    private Agents.Issued join(JoinToken token, String... servers) {
        return world.agents.join(token.id(), token.secret(), List.of(servers), MachineWorld.request());
    }

    private static boolean letIn(Future<Agents.Issued> join) throws InterruptedException {
        try {
            join.get();
            return true;
        } catch (ExecutionException refused) {
            assertThat(refused).hasCauseInstanceOf(Refused.class);
            return false;
        }
    }

    private static void assertDenied(String why, ThrowingCallable joining) {
        assertThatThrownBy(joining).isInstanceOf(Refused.class).hasMessageContaining(why);
    }

    private static X509Certificate read(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }
}
