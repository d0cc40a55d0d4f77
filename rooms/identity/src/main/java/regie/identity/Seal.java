package regie.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import regie.kernel.Sha256;

/**
 * A link of the chain over the audit trail.
 *
 * @param until transaction behind the last one whose rows are in it
 * @param count of its rows
 * @param hash SHA-256 of the link before, of the other fields, and of its rows; in hexadecimal
 */
record Seal(long number, long until, long count, String hash) {
    /** Before the first link. */
    static final Seal NONE = new Seal(0, 0, 0, "0".repeat(64));

    /** A row of the trail, with the transaction that wrote it. */
    record Line(long transaction, AuditEntry entry) {}

    /** The link that seals {@code lines}, which are all those from {@link #until} to before {@code end}, in order. */
    Seal next(long end, List<Line> lines) {
        var digest = Sha256.begin();
        digest.update(HexFormat.of().parseHex(hash));
        numbers(digest, number + 1, end, lines.size());
        for (var line : lines) add(digest, line);
        return new Seal(number + 1, end, lines.size(), HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, Line line) {
        var entry = line.entry();
        long micros = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, entry.at());
        numbers(digest, line.transaction(), entry.number(), micros, entry.generation(), entry.fields());
        for (var uid : List.of(entry.token(), entry.uid()))
            numbers(digest, uid.getMostSignificantBits(), uid.getLeastSignificantBits());
        var key = entry.key();
        for (var text : List.of(entry.who(), entry.request(), entry.verb(), key.kind(), key.project(), key.name())) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            numbers(digest, bytes.length); // so that no two rows read the same with their texts shifted
            digest.update(bytes);
        }
    }

    private static void numbers(MessageDigest digest, long... numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) bytes.putLong(number);
        digest.update(bytes.array());
    }
}
