package regie.kernel;

/** Where in a manifest something stands, counted from 1; shown as {@code estate.yaml:12:5}. */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return "%s:%d:%d".formatted(file, line, column);
    }
}
