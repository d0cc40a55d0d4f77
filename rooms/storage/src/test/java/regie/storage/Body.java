package regie.storage;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** A body to whose sender something happens before the first byte. */
final class Body extends FilterInputStream {
    private final Event event;
    private boolean begun;

    @FunctionalInterface
    interface Event {
        void happen() throws IOException;
    }

    Body(byte[] bytes, Event event) {
        super(new ByteArrayInputStream(bytes));
        this.event = event;
    }

    @Override
    public int read() throws IOException {
        begin();
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        begin();
        return super.read(into, offset, length);
    }

    private void begin() throws IOException {
        if (begun) return;
        begun = true;
        event.happen();
    }

    boolean begun() {
        return begun;
    }
}
