package regie.engine.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import regie.compute.Cloud;
import regie.compute.Cloud.CloudFault;
import regie.compute.Cloud.State;

/** The real SDK against a server of ours that speaks the protocol; no cloud was reached. */
class Ec2CloudTest {
    private static final UUID ROOM = new UUID(7, 7);
    private final Ec2Server server;
    private final Ec2Cloud cloud;

    Ec2CloudTest() throws IOException {
        server = new Ec2Server();
        cloud = cloud(Ec2Server.SECRET, 30);
    }

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    private Ec2Cloud cloud(String secret, int seconds) {
        return new Ec2Cloud(new Ec2Settings(
                "eu-west-3",
                Optional.of(server.url()),
                Optional.of(Ec2Server.KEY_ID),
                Optional.of(secret),
                Optional.empty(),
                Duration.ofSeconds(seconds)));
    }

    private static Cloud.Request request(int number) {
        return new Cloud.Request(
                new UUID(1, number),
                ROOM,
                "web-" + number,
                "t3.small",
                "ami-1",
                Optional.of("subnet-1"),
                Optional.of("#!/bin/sh\n"));
    }

    @Test
    void machineIsStartedOnceHoweverOftenItIsAskedFor() throws CloudFault {
        var first = cloud.start(request(1));
        assertThat(cloud.start(request(1)).id()).isEqualTo(first.id());
        assertThat(first.state()).isEqualTo(State.PENDING);
        assertThat(first.address()).contains("198.51.100.7");
        assertThat(server.machines).hasSize(1);
        var form = server.machine(first.id()).request;
        assertThat(form)
                .containsEntry("ClientToken", new UUID(1, 1).toString())
                .containsEntry("InstanceType", "t3.small")
                .containsEntry("ImageId", "ami-1")
                .containsEntry("SubnetId", "subnet-1")
                .containsEntry("MinCount", "1")
                .containsEntry("MaxCount", "1")
                .containsEntry("Version", "2016-11-15");
        assertThat(new String(Base64.getDecoder().decode(form.get("UserData")), StandardCharsets.UTF_8))
                .isEqualTo("#!/bin/sh\n");
    }

    @Test
    void whatWasCutOffIsFoundByItsTag() throws CloudFault {
        server.mood = Ec2Server.Mood.CUTS_OFF;
        assertThatThrownBy(() -> cloud.start(request(1))).isInstanceOf(CloudFault.class);
        server.mood = Ec2Server.Mood.WELL;
        assertThat(cloud.list(ROOM)).singleElement().satisfies(machine -> {
            assertThat(machine.token()).isEqualTo(new UUID(1, 1));
            assertThat(machine.id()).isEqualTo("i-00000000000000001");
        });
    }

    @Test
    void allPagesAreReadAndOnlyThoseOfTheRoom() throws CloudFault {
        for (int at = 1; at <= 5; at++) cloud.start(request(at));
        var other = request(6);
        cloud.start(new Cloud.Request(
                other.token(), new UUID(8, 8), "x", "t3.small", "ami-1", Optional.empty(), Optional.empty()));
        assertThat(cloud.list(ROOM)).extracting(Cloud.Machine::token).hasSize(5).doesNotContain(other.token());
    }

    @Test
    void machineEndsAndOneThatIsGoneIsPassedOver() throws CloudFault {
        var id = cloud.start(request(1)).id();
        cloud.end(id);
        assertThat(cloud.list(ROOM)).extracting(Cloud.Machine::state).containsExactly(State.ENDING);
        server.machine(id).state = "terminated";
        assertThat(cloud.list(ROOM)).extracting(Cloud.Machine::state).containsExactly(State.ENDED);
        cloud.end("i-0ffffffffffffffff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TALKS_NONSENSE | no answer that can be used
            DENIES         | UnauthorizedOperation, You are not authorized
            IS_FULL        | InsufficientInstanceCapacity
            FORGETS_THE_ID | a machine without an id
            """)
    void whatCannotBeUsedIsSaidSo(Ec2Server.Mood mood, String said) {
        server.mood = mood;
        assertThatThrownBy(() -> cloud.start(request(1)))
                .isInstanceOf(CloudFault.class)
                .hasMessageContaining(said);
    }

    @Test
    void stateThatNobodyKnowsIsNoGuess() throws CloudFault {
        server.machine(cloud.start(request(1)).id()).state = "dreaming";
        assertThatThrownBy(() -> cloud.list(ROOM)).hasMessageContaining("is said to be 'dreaming'");
    }

    @Test
    void silenceEndsAfterTheWait() {
        server.mood = Ec2Server.Mood.SILENT;
        try (var hasty = cloud(Ec2Server.SECRET, 1)) {
            assertThatThrownBy(() -> hasty.list(ROOM)).isInstanceOf(CloudFault.class);
        }
    }

    @Test
    void wrongSecretIsRefusedAndNeverNamed() {
        try (var stranger = cloud("a-secret-of-somebody-else", 30)) {
            assertThatThrownBy(() -> stranger.list(ROOM))
                    .hasMessageContaining("does not accept these credentials")
                    .hasMessageNotContaining("a-secret-of-somebody-else");
        }
    }
}
