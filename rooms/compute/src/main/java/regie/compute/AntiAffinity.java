package regie.compute;

import regie.kernel.About;

/** How the machines of one group keep apart, so that one failure does not take them all. */
public record AntiAffinity(
        @About("the failure domain: no two on one host, rack or site")
        Domain over,

        @About(value = "true: rather not run than share; false: spread as far as there is room", otherwise = "false")
        boolean required) {
    public enum Domain {
        HOST,
        RACK,
        SITE
    }
}
