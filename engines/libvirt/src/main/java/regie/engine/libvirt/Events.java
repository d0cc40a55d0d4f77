package regie.engine.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * libvirt's event loop: one per process, by libvirt's design, and one thread of ours that runs it for good.
 *
 * <p>C calls back through three stubs that are never freed; each connection is told apart by a number that libvirt hands
 * back as its "opaque" pointer. So a late call for a connection that is closed finds nobody and harms nothing.
 */
final class Events {
    /** What a connection wants to hear; called on the loop's thread, which must never wait for libvirt. */
    interface Listener {
        void domainChanged();

        void connectionClosed();
    }

    /** Hears nothing. */
    static final Listener NOBODY = new Listener() {
        @Override
        public void domainChanged() {}

        @Override
        public void connectionClosed() {}
    };

    private static final int LIFECYCLE = 0;
    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private static final Map<Long, Listener> LISTENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final MemorySegment ON_LIFECYCLE = stub(
            "onLifecycle",
            MethodType.methodType(
                    void.class, MemorySegment.class, MemorySegment.class, int.class, int.class, MemorySegment.class),
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MemorySegment ON_CLOSE = stub(
            "onClose",
            MethodType.methodType(void.class, MemorySegment.class, int.class, MemorySegment.class),
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS));
    private static final MemorySegment ON_ERROR = stub(
            "onError",
            MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class),
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));

    static {
        // Every failed call says so by itself; libvirt would also print each to standard error.
        Function.SET_ERROR_FUNC.run(MemorySegment.NULL, ON_ERROR);
        if (Function.EVENT_REGISTER_DEFAULT_IMPL.number() < 0)
            throw new IllegalStateException("libvirt has no event loop");
        Thread.ofPlatform().daemon().name("libvirt-events").start(Events::loop);
    }

    private Events() {}

    /** Makes sure that the loop runs; before that no connection may be opened. */
    static void run() {}

    /** Lets {@code listener} hear what happens on {@code connection} until {@link Membership#leave}. */
    static Membership join(MemorySegment connection, Listener listener) throws LibvirtError {
        long number = NUMBERS.incrementAndGet();
        var opaque = MemorySegment.ofAddress(number);
        LISTENERS.put(number, listener);
        try {
            int callback = Native.check(
                    "listen to its domains",
                    Function.CONNECT_DOMAIN_EVENT_REGISTER_ANY.number(
                            connection, MemorySegment.NULL, LIFECYCLE, ON_LIFECYCLE, opaque, MemorySegment.NULL));
            Native.check(
                    "listen for its end",
                    Function.CONNECT_REGISTER_CLOSE_CALLBACK.number(connection, ON_CLOSE, opaque, MemorySegment.NULL));
            return new Membership(connection, number, callback);
        } catch (LibvirtError error) {
            LISTENERS.remove(number);
            throw error;
        }
    }

    /** @param callback libvirt's number for the lifecycle callback; it holds the connection open until it is given back */
    record Membership(MemorySegment connection, long number, int callback) {
        void leave() {
            LISTENERS.remove(number);
            Function.CONNECT_UNREGISTER_CLOSE_CALLBACK.run(connection, ON_CLOSE);
            Function.CONNECT_DOMAIN_EVENT_DEREGISTER_ANY.run(connection, callback);
        }
    }

    private static void loop() {
        while (true) {
            if (Function.EVENT_RUN_DEFAULT_IMPL.number() < 0) {
                LOG.log(System.Logger.Level.ERROR, "libvirt''s event loop failed: {0}", Native.lastError());
            }
        }
    }

    @SuppressWarnings("restricted") // types and descriptor stand side by side above
    private static MemorySegment stub(String method, MethodType type, FunctionDescriptor descriptor) {
        try {
            var target = MethodHandles.lookup().findStatic(Events.class, method, type);
            return Linker.nativeLinker().upcallStub(target, descriptor, Arena.global());
        } catch (ReflectiveOperationException flaw) {
            throw new IllegalStateException(flaw);
        }
    }

    // From here on: called from C. An exception that left one of these methods would end the JVM.

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // C calls it, with all of these
    private static void onLifecycle(
            MemorySegment connection, MemorySegment domain, int event, int detail, MemorySegment opaque) {
        tell(opaque, Listener::domainChanged);
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // C calls it, with all of these
    private static void onClose(MemorySegment connection, int reason, MemorySegment opaque) {
        tell(opaque, Listener::connectionClosed);
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // C calls it, with all of these
    private static void onError(MemorySegment userData, MemorySegment error) {}

    private static void tell(MemorySegment opaque, java.util.function.Consumer<Listener> what) {
        try {
            var listener = LISTENERS.get(opaque.address());
            if (listener != null) what.accept(listener);
        } catch (Throwable flaw) {
            LOG.log(System.Logger.Level.ERROR, "a listener to libvirt failed", flaw);
        }
    }
}
