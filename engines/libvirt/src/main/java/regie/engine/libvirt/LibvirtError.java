package regie.engine.libvirt;

/** libvirt refused a call or did not carry it out. */
final class LibvirtError extends Exception {
    /** There is no such domain (any more): {@code VIR_ERR_NO_DOMAIN}. */
    private static final int NO_DOMAIN = 42;
    /** The talk with libvirtd failed, not the deed: {@code VIR_FROM_RPC}. */
    private static final int FROM_RPC = 7;

    private static final int NONE = 0;

    private final int code;
    private final int domain;

    /**
     * @param what was tried
     * @param code of libvirt's {@code virErrorNumber}
     * @param domain of libvirt's {@code virErrorDomain}
     */
    LibvirtError(String what, int code, int domain, String message) {
        super("%s: %s".formatted(what, message));
        this.code = code;
        this.domain = domain;
    }

    LibvirtError(String message) {
        super(message);
        this.code = NONE;
        this.domain = NONE;
    }

    boolean noSuchDomain() {
        return code == NO_DOMAIN;
    }

    boolean lostConnection() {
        return domain == FROM_RPC;
    }
}
