package regie.storage;

import regie.kernel.Check;

/**
 * What this room takes at the most.
 *
 * @param fileBytesMax of one file
 * @param diskBytesMax of one disk as its guest sees it, which may be far more than its file
 * @param freeBytesMin what an import leaves free on the file system
 * @param importsMax how many files come in at the same time
 */
public record StorageSettings(long fileBytesMax, long diskBytesMax, long freeBytesMin, int importsMax) {
    public static final StorageSettings DEFAULT = new StorageSettings(64L << 30, 2L << 40, 1L << 30, 4);

    public StorageSettings {
        Check.that(fileBytesMax > 0 && diskBytesMax > 0 && importsMax > 0, "limits are more than nothing");
        Check.that(freeBytesMin >= 0, "freeBytesMin is not negative");
    }
}
