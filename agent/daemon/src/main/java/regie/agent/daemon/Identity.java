package regie.agent.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import regie.agent.channel.Credentials;
import regie.agent.channel.Pem;

/** The agent's key, its certificate and the room's CA: one file, so that they always fit each other. */
final class Identity {
    private static final String NEXT = "-----END CERTIFICATE-----\n";

    private final Path file;

    Identity(Path file) {
        this.file = file;
    }

    /** Empty before the agent has joined. */
    Optional<Credentials> load() throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        var text = Files.readString(file, US_ASCII);
        try {
            var rest = text.substring(text.indexOf(NEXT) + NEXT.length());
            return Optional.of(new Credentials(Pem.privateKey(text), Pem.certificate(text), Pem.certificate(rest)));
        } catch (GeneralSecurityException malformed) {
            throw new IOException(
                    file + " does not hold a key and two certificates; remove it and join anew", malformed);
        }
    }

    void save(Credentials credentials) throws IOException {
        var text = Pem.of(credentials.key()) + Pem.of(credentials.certificate()) + Pem.of(credentials.authority());
        SafeFile.write(file, text.getBytes(US_ASCII));
    }
}
