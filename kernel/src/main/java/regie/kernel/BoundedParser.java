package regie.kernel;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Stops at values that are too many or nested too deep: what reads from here keeps them all, and calls itself once a level,
 * so that a file of brackets would end the stack.
 */
final class BoundedParser implements Parser {
    static final int DEPTH_MAX = 40;
    static final int VALUES_MAX = 500_000;

    private final Parser parser;
    private final String file;
    private int depth;
    private int values;

    BoundedParser(Parser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    @Override
    public Event next() {
        var event = parser.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> {
                count(event);
                bound(event, ++depth <= DEPTH_MAX, tooDeep());
            }
            case MappingEnd, SequenceEnd -> depth--;
            case Scalar, Alias -> count(event);
            default -> {}
        }
        return event;
    }

    /** Keys count too. */
    private void count(Event event) {
        bound(event, ++values <= 2 * VALUES_MAX, tooMany());
    }

    private void bound(Event event, boolean holds, String message) {
        if (!holds) throw new BadYaml(Yaml.place(file, event.getStartMark()), "", message);
    }

    static String tooMany() {
        return "more than %d values; split the file".formatted(VALUES_MAX);
    }

    static String tooDeep() {
        return "values nested deeper than %d levels; expected fewer".formatted(DEPTH_MAX);
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }
}
