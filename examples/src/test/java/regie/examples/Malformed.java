package regie.examples;

/**
 * A manifest that is refused.
 *
 * @param refusal all lines of the answer
 */
record Malformed(String title, String manifest, String refusal) {
    @Override
    public String toString() {
        return title;
    }
}
