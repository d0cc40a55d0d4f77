package regie.server;

import regie.rest.RestSettings.Build;

/** The version of this program. */
final class Version {
    static final String CURRENT = "0.1.0";

    private Version() {}

    /** The script that starts it knows the commit. */
    static Build build() {
        return new Build(
                CURRENT, System.getProperty("regie.commit", "unknown"), System.getProperty("java.version", "unknown"));
    }
}
