package regie.packing;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what it should be: names the file, where in it, what is there and what was expected. */
public final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    Malformed(Path file, String where, String expected) {
        super("%s, %s: expected %s".formatted(file, where, expected));
    }
}
