package regie.continuity;

import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Spec;

/** So many servers missing at once that it is hardly they who failed: until somebody has decided, nothing of it is fenced. */
public record StormSpec(
        @About("name of the site it is at; the whole estate where left out")
        Optional<String> site,

        @About(value = "what is to be done with those that are missing", otherwise = "\"held\"")
        Decision decision)
        implements Spec {
    public enum Decision {
        /** Nothing is done; somebody has to decide. */
        HELD,
        /** They are looked at one by one, as if there were no storm: asked, cut off, declared dead. */
        RELEASED,
        /** Nothing is done, and that is decided: it is waited for all of them. */
        KEPT
    }

    boolean covers(String name) {
        return site.isEmpty() || site.get().equals(name);
    }

    StormSpec decided(Decision other) {
        return new StormSpec(site, other);
    }
}
