package regie.engine.libvirt;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import regie.agent.contract.EngineFault;

/** The way to one libvirtd; it mends itself when libvirtd was restarted, and then says that something may have changed. */
final class Link implements AutoCloseable {
    private static final long RETRY_MILLIS = 200;
    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    interface Question<T> {
        T of(Connection connection) throws LibvirtError;
    }

    interface Order {
        void to(Connection connection) throws LibvirtError;
    }

    private final String uri;
    private final AtomicBoolean changeIsComing = new AtomicBoolean();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("libvirt-link").factory());

    private Optional<Connection> connection = Optional.empty();

    private volatile Runnable changed = () -> {};

    Link(String uri) {
        this.uri = uri;
    }

    /** From now on keeps a connection, and runs {@code action} on a thread of its own whenever a domain may have changed. */
    void onChange(Runnable action) {
        changed = action;
        submit(this::keepTrying, 0);
    }

    /**
     * Asks again where the connection turns out to be one of a libvirtd that is gone: asking changes nothing.
     *
     * @throws LibvirtError where libvirt refuses
     * @throws EngineFault where libvirt can't be reached
     */
    <T> T ask(Question<T> question) throws LibvirtError, EngineFault {
        connect();
        try {
            return use(question);
        } catch (EngineFault lost) {
            drop();
            connect();
            return use(question);
        }
    }

    /**
     * @throws LibvirtError where libvirt refuses
     * @throws EngineFault where libvirt can't be reached, or was lost in the midst: then nobody knows whether it obeyed
     */
    void tell(Order order) throws LibvirtError, EngineFault {
        connect();
        var _ = use(connection -> {
            order.to(connection);
            return true;
        });
    }

    @Override
    public void close() {
        executor.shutdownNow();
        drop();
    }

    private void drop() {
        lock.writeLock().lock();
        try {
            connection.ifPresent(Connection::close);
            connection = Optional.empty();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T use(Question<T> question) throws LibvirtError, EngineFault {
        lock.readLock().lock();
        try {
            if (connection.isEmpty()) throw new EngineFault("libvirt at %s went away".formatted(uri));
            return question.of(connection.get());
        } catch (LibvirtError error) {
            if (error.lostConnection() || !connection.orElseThrow().alive()) {
                throw new EngineFault("libvirt at %s went away: %s".formatted(uri, error.getMessage()), error);
            }
            throw error;
        } finally {
            lock.readLock().unlock();
        }
    }

    private void connect() throws EngineFault {
        if (alive()) return;
        lock.writeLock().lock();
        try {
            if (alive()) return;
            if (executor.isShutdown()) throw new EngineFault("the engine was closed");
            connection.ifPresent(Connection::close);
            connection = Optional.empty();
            connection = Optional.of(Connection.open(uri, listener()));
        } catch (LibvirtError error) {
            throw new EngineFault(String.valueOf(error.getMessage()), error);
        } catch (LinkageError missing) {
            throw new EngineFault("libvirt's library libvirt.so.0 can't be loaded: " + missing, missing);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private boolean alive() {
        lock.readLock().lock();
        try {
            return connection.filter(Connection::alive).isPresent();
        } finally {
            lock.readLock().unlock();
        }
    }

    private Events.Listener listener() {
        return new Events.Listener() {
            @Override
            public void domainChanged() {
                // One run tells of all that happened before it began.
                if (changeIsComing.compareAndSet(false, true)) submit(Link.this::tellOfChange, 0);
            }

            @Override
            public void connectionClosed() {
                submit(Link.this::keepTrying, 0);
            }
        };
    }

    private void keepTrying() {
        try {
            connect();
            tellOfChange();
        } catch (EngineFault fault) {
            LOG.log(System.Logger.Level.DEBUG, "trying again: {0}", fault.getMessage());
            submit(this::keepTrying, RETRY_MILLIS);
        }
    }

    private void tellOfChange() {
        changeIsComing.set(false);
        try {
            changed.run();
        } catch (RuntimeException flaw) {
            LOG.log(System.Logger.Level.ERROR, "a listener failed", flaw);
        }
    }

    private void submit(Runnable task, long delayMillis) {
        try {
            var _ = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // closed meanwhile
        }
    }
}
