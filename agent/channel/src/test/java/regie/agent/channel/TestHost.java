package regie.agent.channel;

import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import regie.agent.contract.Wish;

/** A host that only writes down what it is told. */
final class TestHost implements HostSide {
    final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
    final BlockingQueue<FromRoom> asked = new LinkedBlockingQueue<>();
    final CountDownLatch heard = new CountDownLatch(1);
    private final String host;

    TestHost(String host) {
        this.host = host;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public long newestGeneration() {
        return 5;
    }

    @Override
    public void heard() {
        heard.countDown();
    }

    @Override
    public void wish(Wish wish) {
        wishes.add(wish);
    }

    @Override
    public void openConsole(UUID session, UUID guest) {
        asked.add(new FromRoom.OpenConsole(session, guest));
    }

    @Override
    public void readConsoleLog(long request, UUID guest, int bytesMax) {
        asked.add(new FromRoom.ReadConsoleLog(request, guest, bytesMax));
    }

    @Override
    public void reboot(String boot) {
        asked.add(new FromRoom.Reboot(boot));
    }

    @Override
    public void lease(FromRoom.OfLease word) {
        asked.add(word);
    }
}
