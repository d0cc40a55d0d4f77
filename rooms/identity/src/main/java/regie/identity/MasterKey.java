package regie.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import regie.kernel.Chance;
import regie.kernel.Fault;

/**
 * Seals what the database may hold but nobody is to read there (AES-256-GCM). It lives in a file of the data folder;
 * servers that share a database share a copy of it, and a backup of the database is worth nothing without it.
 */
public final class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final SecretKeySpec key;
    private final Chance chance;

    private MasterKey(Path file, byte[] key, Chance chance) {
        this.file = file;
        this.key = new SecretKeySpec(key, "AES");
        this.chance = chance;
    }

    /**
     * The key in {@code file}; a new one where there is no such file.
     *
     * @throws Fault where the file can be read by others than its owner, or is no key
     */
    public static MasterKey open(Path file, Chance chance) {
        try {
            make(file, chance);
            var mode = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(mode)) {
                throw new Fault("%s can be read by others (%s): chmod 600, and think of it as known to them"
                        .formatted(file, PosixFilePermissions.toString(mode)));
            }
            var key =
                    Base64.getDecoder().decode(Files.readString(file, US_ASCII).strip());
            if (key.length != KEY_BYTES) throw new Fault("%s holds no key of 32 bytes".formatted(file));
            return new MasterKey(file, key, chance);
        } catch (IOException e) {
            throw new Fault("the master key %s can't be read or made: %s".formatted(file, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new Fault("%s holds no key in base64".formatted(file), e);
        }
    }

    private static void make(Path file, Chance chance) throws IOException {
        var bytes = new byte[KEY_BYTES];
        chance.nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes) + "\n";
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
            channel.force(true);
        } catch (FileAlreadyExistsException there) {
            // Made at an earlier start.
        } catch (NoSuchFileException e) {
            throw new IOException("there is no folder for it", e);
        }
    }

    /** @param purpose what it is; opening asks for the same words */
    public byte[] seal(byte[] plain, String purpose) {
        try {
            var nonce = new byte[NONCE_BYTES];
            chance.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new Fault("this JVM can't seal", e);
        }
    }

    /** @throws Fault where it was sealed by another master key or for another purpose */
    public byte[] open(byte[] sealed, String purpose) {
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new Fault(
                    "%s does not open the %s in the database: copy the file from a server that uses this database"
                            .formatted(file, purpose),
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(UTF_8));
        return cipher;
    }
}
