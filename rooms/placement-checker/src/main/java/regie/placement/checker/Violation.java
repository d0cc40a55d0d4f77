package regie.placement.checker;

/** Something that must not be, in words that name it. */
public record Violation(Sort sort, String text) {
    public enum Sort {
        /** A slot holds more than it has, or something has a place on what isn't there. */
        ROOM,
        /** What a guest has doesn't make up its shape. */
        SHAPE,
        /** A guest is on a host that it may not be on, whoever else is there. */
        HOST,
        APART,
        /** May come true afterwards, when the others of the group go. */
        TOGETHER,
        /** May come true afterwards, when others of the group go. */
        SPREAD,
        /** A guest that was promised to return doesn't, or one that needs no place got one. */
        RETURN
    }

    @Override
    public String toString() {
        return sort + ": " + text;
    }
}
