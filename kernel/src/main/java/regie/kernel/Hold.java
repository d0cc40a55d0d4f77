package regie.kernel;

/**
 * What waits, and why; stands in a status, and is what {@code regie explain} prints.
 *
 * @param code stable, lower-case with dashes; {@code docs/problems/<code>.md} explains it
 * @param detail one sentence or two: the thing, the value, and the way out
 */
public record Hold(String code, String detail) {}
