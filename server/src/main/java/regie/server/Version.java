package regie.server;

/** The version of this program. */
final class Version {
    static final String CURRENT = "0.1.0";

    private Version() {}
}
