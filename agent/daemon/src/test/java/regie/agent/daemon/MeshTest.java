package regie.agent.daemon;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.channel.AgentTunnel;
import regie.agent.channel.TestAuthority;
import regie.agent.contract.Timeline;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Terms.VoterAddress;

/** Two agents in one process, which reach each other by real connections. */
class MeshTest {
    private final TestAuthority authority = new TestAuthority();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Timeline timeline = Timeline.on(scheduler);
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Mesh here = new Mesh(timeline);

    @TempDir
    Path folder;

    private SharedTunnel mine;
    private SharedTunnel theirs;

    @BeforeEach
    void open() throws IOException {
        mine = SharedTunnel.over(tunnel("h1", 0), here);
        here.open(mine);
        here.join("h1", vote("h1"), answers::add);
        theirs = peer(0);
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        mine.close();
        theirs.close();
        scheduler.shutdownNow();
    }

    @Test
    void beatIsAnsweredByTheHostThatWasAsked() throws Exception {
        var answer = answered(theirs.address(), 1);
        assertThat(answer.by()).isEqualTo("h2");
        assertThat(answer.host()).isEqualTo("h1");
    }

    @Test
    void linesComeBackAfterTheirPeerDoes() throws Exception {
        int port = Integer.parseInt(theirs.address().split(" ", -1)[1]);
        answered(theirs.address(), 1);
        theirs.close();
        here.send(new VoterAddress("h2", theirs.address()), beat(2));
        theirs = peer(port);
        answered(theirs.address(), 3);
    }

    @Test
    void agentOfAnotherNameIsNotBelieved() throws Exception {
        var address = theirs.address().replace(" h2", " h3");
        for (int i = 1; i < 5; i++) {
            here.send(new VoterAddress("h2", address), beat(i));
            assertThat(answers.poll(200, MILLISECONDS)).isNull();
        }
    }

    @Test
    void whatIsNoMeshGoesToTheEngine() throws Exception {
        var taken = new LinkedBlockingQueue<String>();
        theirs.answer(purpose -> {
            taken.add(purpose);
            return stream -> stream.close();
        });
        mine.connect(theirs.address(), "move 7").close();
        assertThat(taken.poll(5, SECONDS)).isEqualTo("move 7");
    }

    /** Beats until one as new as {@code first} is answered. */
    private Answer answered(String address, long first) throws InterruptedException {
        for (long number = first; ; number++) {
            here.send(new VoterAddress("h2", address), beat(number));
            var answer = answers.poll(200, MILLISECONDS);
            if (answer != null && answer.sequence() >= first) return answer;
            assertThat(number).as("beats without an answer").isLessThan(first + 60);
        }
    }

    private static Beat beat(long sequence) {
        return new Beat("h1", 5, sequence, 1, true, true);
    }

    private SharedTunnel peer(int port) throws IOException {
        var there = new Mesh(timeline);
        there.join("h2", vote("h2"), _ -> {});
        return SharedTunnel.over(tunnel("h2", port), there);
    }

    private HostVote vote(String host) throws IOException {
        return new HostVote(
                host, new LeaseStore(folder.resolve(host), false), Boottime::nanos, () -> false, Runnable::run);
    }

    private AgentTunnel tunnel(String agent, int port) throws IOException {
        var credentials = authority.agent(agent, Duration.ofHours(1));
        return AgentTunnel.open("127.0.0.1", port, () -> credentials);
    }
}
