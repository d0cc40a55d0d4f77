package regie.engine.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One connection to libvirtd; all methods may be called from any thread, but none after {@link #close()}. */
final class Connection implements AutoCloseable {
    private static final int UUID_TEXT_BYTES = 37;
    private static final int METADATA_ELEMENT = 2;
    private static final int AFFECT_CONFIG = 2;
    /** Along with the definition go: a saved state, snapshots, UEFI variables, checkpoints. */
    private static final int UNDEFINE_ALL = 1 | 2 | 4 | 16;
    /** A libvirtd that is silent for 3 × 5 s is given up. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_COUNT = 3;
    private static final int XML_SECURE_MIGRATABLE = 1 | 8;
    private static final int COMPLETED = 1;
    /** Live, from libvirt to libvirt, kept there, forgotten here, left standing there, slowed down where it writes too fast. */
    private static final int MIGRATE = 1 | 2 | 8 | 16 | 32 | 4_096 | 8_192;

    private static final int NON_SHARED_INCREMENT = 128;

    private final MemorySegment connection;
    private final Events.Membership membership;

    private Connection(MemorySegment connection, Events.Membership membership) {
        this.connection = connection;
        this.membership = membership;
    }

    static Connection open(String uri, Events.Listener listener) throws LibvirtError {
        Events.run();
        try (var arena = Arena.ofConfined()) {
            var connection = Native.check("connect to " + uri, Function.CONNECT_OPEN.pointer(arena.allocateFrom(uri)));
            try {
                Native.check(
                        "keep alive",
                        Function.CONNECT_SET_KEEP_ALIVE.number(connection, KEEP_ALIVE_SECONDS, KEEP_ALIVE_COUNT));
                return new Connection(connection, Events.join(connection, listener));
            } catch (LibvirtError error) {
                Function.CONNECT_CLOSE.run(connection);
                throw error;
            }
        }
    }

    boolean alive() {
        return Function.CONNECT_IS_ALIVE.number(connection) == 1;
    }

    /** All domains that bear our metadata. */
    List<DomainSeen> ours() throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            var list = arena.allocate(ADDRESS);
            int count = Native.check("list domains", Function.CONNECT_LIST_ALL_DOMAINS.number(connection, list, 0));
            var array = Native.array(list.get(ADDRESS, 0), count);
            var seen = new ArrayList<DomainSeen>();
            try {
                for (int i = 0; i < count; i++) {
                    look(array.getAtIndex(ADDRESS, i)).ifPresent(seen::add);
                }
            } finally {
                for (int i = 0; i < count; i++) Function.DOMAIN_FREE.run(array.getAtIndex(ADDRESS, i));
                Function.FREE.run(array);
            }
            return seen;
        }
    }

    /** Empty where there is no such domain or it is not ours. */
    Optional<DomainSeen> find(UUID uid) throws LibvirtError {
        try {
            return on(uid, "look at", this::look);
        } catch (LibvirtError error) {
            if (error.noSuchDomain()) return Optional.empty();
            throw error;
        }
    }

    /** Puts a definition in the place of the one before; a guest that runs is not touched. */
    void define(String xml) throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            Function.DOMAIN_FREE.run(Native.check(
                    "define the domain", Function.DOMAIN_DEFINE_XML.pointer(connection, arena.allocateFrom(xml))));
        }
    }

    void start(UUID uid) throws LibvirtError {
        on(uid, "start", domain -> Native.check("start", Function.DOMAIN_CREATE.number(domain)));
    }

    /** Asks the guest to shut down, by its power button. */
    void shutdown(UUID uid) throws LibvirtError {
        on(uid, "shut down", domain -> Native.check("shut down", Function.DOMAIN_SHUTDOWN.number(domain)));
    }

    /** Ends the guest's process. */
    void destroy(UUID uid) throws LibvirtError {
        on(uid, "destroy", domain -> Native.check("destroy", Function.DOMAIN_DESTROY.number(domain)));
    }

    void undefine(UUID uid) throws LibvirtError {
        on(
                uid,
                "undefine",
                domain -> Native.check("undefine", Function.DOMAIN_UNDEFINE_FLAGS.number(domain, UNDEFINE_ALL)));
    }

    /** How libvirt describes a running guest, ready for another host; with all its secrets. */
    String describe(UUID uid) throws LibvirtError {
        return on(
                uid,
                "describe",
                domain -> Native.owned(
                        Native.check("describe", Function.DOMAIN_GET_XML_DESC.pointer(domain, XML_SECURE_MIGRATABLE))));
    }

    /**
     * Moves a running guest; returns when it is gone from here and stands still there.
     *
     * @param peer libvirt there, as libvirt here reaches it
     * @param disks whether its disk goes along, all that it does not share with its image
     * @throws LibvirtError where it stayed, or nobody knows
     */
    void migrate(UUID uid, String peer, List<Map.Entry<String, String>> parameters, boolean disks) throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            var to = arena.allocateFrom(peer);
            var all = TypedParameters.texts(arena, parameters);
            int flags = disks ? MIGRATE | NON_SHARED_INCREMENT : MIGRATE;
            on(
                    uid,
                    "migrate",
                    domain -> Native.check(
                            "migrate",
                            Function.DOMAIN_MIGRATE_TO_URI3.number(domain, to, all, parameters.size(), flags)));
        }
    }

    /** How long it may stand still while the last of its memory goes over, as QEMU reckons; from now on, and in the next move of it. */
    void boundStandstill(UUID uid, long millis) throws LibvirtError {
        on(
                uid,
                "bound its standstill",
                domain -> Native.check(
                        "bound its standstill", Function.DOMAIN_MIGRATE_SET_MAX_DOWNTIME.number(domain, millis, 0)));
    }

    void abortJob(UUID uid) throws LibvirtError {
        on(uid, "abort", domain -> Native.check("abort", Function.DOMAIN_ABORT_JOB.number(domain)));
    }

    /** True where something long is done with it, such as a migration. */
    boolean hasJob(UUID uid) throws LibvirtError {
        return on(uid, "look for a job", domain -> jobType(domain, 0, new HashMap<>()) != 0);
    }

    /** libvirt's numbers of the migration that brought the guest here; empty where it has none. */
    Map<String, Long> lastJob(UUID uid) throws LibvirtError {
        var numbers = new HashMap<String, Long>();
        on(uid, "look at its last job", domain -> jobType(domain, COMPLETED, numbers));
        return numbers;
    }

    private static int jobType(MemorySegment domain, int flags, Map<String, Long> numbers) throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            var type = arena.allocate(JAVA_INT);
            var array = arena.allocate(ADDRESS);
            var count = arena.allocate(JAVA_INT);
            Native.check("ask for its job", Function.DOMAIN_GET_JOB_STATS.number(domain, type, array, count, flags));
            var parameters = array.get(ADDRESS, 0);
            if (parameters.address() != 0) {
                numbers.putAll(TypedParameters.numbers(parameters, count.get(JAVA_INT, 0)));
                Function.TYPED_PARAMS_FREE.run(parameters, count.get(JAVA_INT, 0));
            }
            return type.get(JAVA_INT, 0);
        }
    }

    /** Lets the virtual CPUs of a guest that stands still go on. */
    void resume(UUID uid) throws LibvirtError {
        on(uid, "resume", domain -> Native.check("resume", Function.DOMAIN_RESUME.number(domain)));
    }

    void tag(UUID uid, GuestTag tag) throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            var xml = arena.allocateFrom(tag.bare());
            var prefix = arena.allocateFrom(GuestTag.PREFIX);
            var space = arena.allocateFrom(GuestTag.NAMESPACE);
            on(
                    uid,
                    "tag",
                    domain -> Native.check(
                            "tag",
                            Function.DOMAIN_SET_METADATA.number(
                                    domain, METADATA_ELEMENT, xml, prefix, space, AFFECT_CONFIG)));
        }
    }

    @Override
    public void close() {
        membership.leave();
        Function.CONNECT_CLOSE.run(connection);
    }

    private Optional<DomainSeen> look(MemorySegment domain) throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            var metadata = Function.DOMAIN_GET_METADATA.pointer(
                    domain, METADATA_ELEMENT, arena.allocateFrom(GuestTag.NAMESPACE), AFFECT_CONFIG);
            if (metadata.address() == 0) return Optional.empty();
            var tag = GuestTag.parse(Native.owned(metadata));
            var uuid = arena.allocate(UUID_TEXT_BYTES);
            Native.check("read the UUID", Function.DOMAIN_GET_UUID_STRING.number(domain, uuid));
            var state = arena.allocate(JAVA_INT);
            var reason = arena.allocate(JAVA_INT);
            if (Function.DOMAIN_GET_STATE.number(domain, state, reason, 0) < 0)
                return Optional.empty(); // gone just now
            return Optional.of(new DomainSeen(
                    UUID.fromString(uuid.getString(0)), tag, state.get(JAVA_INT, 0), reason.get(JAVA_INT, 0)));
        }
    }

    private interface Use<T> {
        T of(MemorySegment domain) throws LibvirtError;
    }

    private <T> T on(UUID uid, String what, Use<T> use) throws LibvirtError {
        try (var arena = Arena.ofConfined()) {
            var domain = Native.check(
                    what,
                    Function.DOMAIN_LOOKUP_BY_UUID_STRING.pointer(connection, arena.allocateFrom(uid.toString())));
            try {
                return use.of(domain);
            } finally {
                Function.DOMAIN_FREE.run(domain);
            }
        }
    }
}
