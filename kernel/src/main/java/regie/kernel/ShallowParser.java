package regie.kernel;

import java.util.function.Function;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Stops at what is nested too deep, before the composer behind it, which calls itself once a level, runs out of stack. */
final class ShallowParser implements Parser {
    private final Parser parser;
    private final int depthMax;
    private final Function<Event, RuntimeException> tooDeep;
    private int depth;

    ShallowParser(Parser parser, int depthMax, Function<Event, RuntimeException> tooDeep) {
        this.parser = parser;
        this.depthMax = depthMax;
        this.tooDeep = tooDeep;
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
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
    public Event next() {
        var event = parser.next();
        if (event instanceof CollectionStartEvent && ++depth > depthMax) throw tooDeep.apply(event);
        if (event instanceof CollectionEndEvent) depth--;
        return event;
    }
}
