package regie.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A process of its own that imports so many zeros into a folder: {@code FOLDER ANNOUNCED GIVEN}; then it hangs, its body unfinished. */
final class ImportProcess {
    private ImportProcess() {}

    public static void main(String[] arguments) throws IOException {
        var settings = new StorageSettings(Long.MAX_VALUE, 1, 0, 1);
        var store = ImageBytes.open(Path.of(arguments[0]), settings);
        long announced = Long.parseLong(arguments[1]);
        long given = Long.parseLong(arguments[2]);
        try (var incoming =
                store.take(new Zeros(given, given < announced), new Announced(announced, Optional.empty()))) {
            incoming.keep();
            System.out.println(incoming.sha256());
        }
    }

    /** So many zeros; behind them the end, or a wait for ever. */
    private static final class Zeros extends InputStream {
        private final boolean hangs;
        private long left;

        Zeros(long bytes, boolean hangs) {
            this.left = bytes;
            this.hangs = hangs;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1) < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) return hangs ? hang() : -1;
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(into, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }

        private static int hang() throws IOException {
            System.out.println("hanging");
            return System.in.read();
        }
    }
}
