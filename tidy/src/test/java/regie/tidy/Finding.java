package regie.tidy;

/** A place that breaks a rule. */
record Finding(String path, int line, String what) {
    @Override
    public String toString() {
        return "%s:%d: %s".formatted(path, line, what);
    }
}
