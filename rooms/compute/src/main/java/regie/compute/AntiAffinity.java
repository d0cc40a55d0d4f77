package regie.compute;

import regie.kernel.About;

/** How the machines of one group keep apart, so that one failure does not take them all. */
public record AntiAffinity(
        @About("the failure domain: no two on one of it") Domain over,

        @About(value = "true: rather not run than share; false: spread as far as there is room", otherwise = "false")
        boolean required) {
    /** What fails as one. */
    public enum Domain {
        HOST,
        RACK,
        /** A power feed; it takes along only the hosts that have no other. */
        FEED,
        /** The switches that a host is cabled to, lost together. */
        SWITCH_PAIR,
        ROOM,
        SITE
    }
}
