package regie.kernel;

import java.util.Map;

/**
 * A no that the caller can do something about. Each room seals its own family; the doors turn it into their dialect
 * (RFC 9457 over HTTP, an exit code in the CLI).
 */
public interface Refusal {
    Kind kind();

    /** Stable, lower-case with dashes; {@code docs/problems/<code>.md} explains it. */
    String code();

    /** One sentence or two: the thing, the value, and the way out. */
    String detail();

    /** The same for machines: small values under stable names. */
    default Map<String, Object> facts() {
        return Map.of();
    }

    /** To be thrown. */
    default Refused asException() {
        return new Refused(this);
    }

    enum Kind {
        /** The request itself is wrong (400). */
        MALFORMED,
        /** Nobody is signed in (401). */
        UNAUTHENTICATED,
        /** Somebody is, and may not (403). */
        FORBIDDEN,
        /** There is no such thing (404). */
        NOT_FOUND,
        /** It would have been right a moment ago, or will be after something else (409). */
        CONFLICT,
        /** It is well formed but can't be: a rule or a resource forbids it (422). */
        IMPOSSIBLE,
        /** Too much at once (429). */
        TOO_MUCH,
        /** One thing that was sent is larger than is taken (413). */
        TOO_LARGE,
        /** What was asked for is gone for good (410). */
        GONE
    }
}
