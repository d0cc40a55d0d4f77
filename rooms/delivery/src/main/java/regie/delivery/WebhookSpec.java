package regie.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** Where changes are posted to, and which. */
public record WebhookSpec(
        @Size(max = 2000) @About("where changes are posted to: an https address, with no user and no password in it")
        String url,

        @Size(max = 64) @About(value = "only changes of these kinds; of every kind where it is empty", otherwise = "[]")
        List<String> kinds,

        @Size(max = 5)
        @About(value = "only what does this to a resource; everything where it is empty", otherwise = "[]")
        List<ChangeSort> events,

        @Size(max = 32) @About(value = "only resources that carry all of these labels", otherwise = "{}")
        Map<String, String> labels,

        @About(value = "hold all back; it is delivered later", otherwise = "false")
        boolean paused,

        @About(value = "how long a delivery is tried before it is given up, in minutes", otherwise = "4320")
        @Min(1)
        @Max(10_080)
        int retryMinutes)
        implements Spec {

    public WebhookSpec {
        kinds = List.copyOf(kinds);
        events = List.copyOf(events);
        labels = Map.copyOf(labels);
        checkUrl(url);
    }

    private static void checkUrl(String url) {
        var parsed = parsed(url);
        BadField.unless(parsed.isPresent(), "url", url, "an address such as https://example.com/hooks");
        var uri = parsed.orElseThrow();
        BadField.unless(uri.getRawUserInfo() == null, "url", "an address with a user", "none: requests are signed");
        BadField.unless(uri.getRawFragment() == null, "url", url, "no # in it, for that is never sent");
        BadField.unless(uri.getPort() <= 65_535 && uri.getPort() != 0, "url", url, "a port from 1 to 65535");
    }

    private static Optional<URI> parsed(String url) {
        try {
            return Optional.of(new URI(url)).filter(uri -> isWeb(uri) && uri.getHost() != null && isAscii(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isWeb(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter > ' ' && letter < 127);
    }

    /** The address, which {@link #WebhookSpec} has looked through. */
    URI address() {
        return URI.create(url);
    }
}
