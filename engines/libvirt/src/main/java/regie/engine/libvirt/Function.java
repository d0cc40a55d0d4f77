package regie.engine.libvirt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The functions of libvirt that are used here, with their C types: result first. See libvirt's API reference. */
enum Function {
    CONNECT_CLOSE("virConnectClose", JAVA_INT, ADDRESS),
    CONNECT_DOMAIN_EVENT_DEREGISTER_ANY("virConnectDomainEventDeregisterAny", JAVA_INT, ADDRESS, JAVA_INT),
    CONNECT_DOMAIN_EVENT_REGISTER_ANY(
            "virConnectDomainEventRegisterAny", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
    CONNECT_IS_ALIVE("virConnectIsAlive", JAVA_INT, ADDRESS),
    CONNECT_LIST_ALL_DOMAINS("virConnectListAllDomains", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
    CONNECT_OPEN("virConnectOpen", ADDRESS, ADDRESS),
    CONNECT_REGISTER_CLOSE_CALLBACK("virConnectRegisterCloseCallback", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
    CONNECT_SET_KEEP_ALIVE("virConnectSetKeepAlive", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
    CONNECT_UNREGISTER_CLOSE_CALLBACK("virConnectUnregisterCloseCallback", JAVA_INT, ADDRESS, ADDRESS),
    DOMAIN_ABORT_JOB("virDomainAbortJob", JAVA_INT, ADDRESS),
    DOMAIN_CREATE("virDomainCreate", JAVA_INT, ADDRESS),
    DOMAIN_DEFINE_XML("virDomainDefineXML", ADDRESS, ADDRESS, ADDRESS),
    DOMAIN_DESTROY("virDomainDestroy", JAVA_INT, ADDRESS),
    DOMAIN_FREE("virDomainFree", JAVA_INT, ADDRESS),
    DOMAIN_GET_JOB_STATS("virDomainGetJobStats", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
    DOMAIN_GET_METADATA("virDomainGetMetadata", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT),
    DOMAIN_GET_STATE("virDomainGetState", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
    DOMAIN_GET_UUID_STRING("virDomainGetUUIDString", JAVA_INT, ADDRESS, ADDRESS),
    DOMAIN_GET_XML_DESC("virDomainGetXMLDesc", ADDRESS, ADDRESS, JAVA_INT),
    DOMAIN_LOOKUP_BY_UUID_STRING("virDomainLookupByUUIDString", ADDRESS, ADDRESS, ADDRESS),
    DOMAIN_MIGRATE_SET_MAX_DOWNTIME("virDomainMigrateSetMaxDowntime", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
    DOMAIN_MIGRATE_TO_URI3("virDomainMigrateToURI3", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT),
    DOMAIN_RESUME("virDomainResume", JAVA_INT, ADDRESS),
    DOMAIN_SET_METADATA("virDomainSetMetadata", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
    DOMAIN_SHUTDOWN("virDomainShutdown", JAVA_INT, ADDRESS),
    DOMAIN_UNDEFINE_FLAGS("virDomainUndefineFlags", JAVA_INT, ADDRESS, JAVA_INT),
    EVENT_REGISTER_DEFAULT_IMPL("virEventRegisterDefaultImpl", JAVA_INT),
    EVENT_RUN_DEFAULT_IMPL("virEventRunDefaultImpl", JAVA_INT),
    GET_LAST_ERROR_CODE("virGetLastErrorCode", JAVA_INT),
    GET_LAST_ERROR_DOMAIN("virGetLastErrorDomain", JAVA_INT),
    GET_LAST_ERROR_MESSAGE("virGetLastErrorMessage", ADDRESS),
    TYPED_PARAMS_FREE("virTypedParamsFree", null, ADDRESS, JAVA_INT),
    SET_ERROR_FUNC("virSetErrorFunc", null, ADDRESS, ADDRESS),
    /** Of the C library: gives back what libvirt handed out. */
    FREE("free", null, ADDRESS);

    private final MethodHandle handle;

    @SuppressWarnings("restricted") // the types above are those of libvirt's headers
    Function(String symbol, @Nullable MemoryLayout result, MemoryLayout... arguments) {
        var descriptor =
                result == null ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments);
        var linker = Linker.nativeLinker();
        handle = linker.downcallHandle(Library.LOOKUP.or(linker.defaultLookup()).findOrThrow(symbol), descriptor);
    }

    int number(Object... arguments) {
        return (int) call(arguments);
    }

    MemorySegment pointer(Object... arguments) {
        return (MemorySegment) call(arguments);
    }

    void run(Object... arguments) {
        var _ = call(arguments);
    }

    private Object call(Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Throwable flaw) {
            throw new IllegalStateException("%s was called with other types than it has".formatted(this), flaw);
        }
    }

    /** A class of its own: constants of an enum can't reach its static fields while they are made. */
    @SuppressWarnings("restricted") // libvirt keeps this interface stable under the name of its .so.0
    private static final class Library {
        static final SymbolLookup LOOKUP = SymbolLookup.libraryLookup("libvirt.so.0", Arena.global());
    }
}
