package regie.engine.ec2;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a cloud is, and who asks it.
 *
 * @param region such as {@code eu-west-3}; part of each signature
 * @param endpoint empty for Amazon's own of that region
 * @param keyId empty, with the other two, for those of the environment: {@code AWS_ACCESS_KEY_ID} and so on
 * @param patience how long one answer may take
 */
public record Ec2Settings(
        String region,
        Optional<URI> endpoint,
        Optional<String> keyId,
        Optional<String> secret,
        Optional<String> sessionToken,
        Duration patience) {
    /** So that nobody logs it by mistake. */
    @Override
    public String toString() {
        return "Ec2Settings[region=%s, endpoint=%s]".formatted(region, endpoint);
    }
}
