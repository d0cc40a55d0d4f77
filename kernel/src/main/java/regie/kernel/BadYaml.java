package regie.kernel;

/** Ends the reading of a file at a place behind which nothing can be trusted; never leaves {@link Yaml}. */
final class BadYaml extends RuntimeException {
    private final transient ManifestRefusal.Problem problem;

    BadYaml(Place place, String field, String message) {
        super(message, null, false, false);
        this.problem = new ManifestRefusal.Problem(place, field, message);
    }

    ManifestRefusal.Problem problem() {
        return problem;
    }
}
