package regie.webhook;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import regie.delivery.Courier;
import regie.delivery.Outcome;
import regie.delivery.Parcel;
import regie.kernel.Clock;

/** Carries parcels over HTTP as the Standard Webhooks specification (1.0) says. One attempt takes 20 seconds at most. */
public final class WebhookCourier implements Courier, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private static final int ERROR_MAX = 300;

    private final AddressPolicy policy;
    private final boolean plainHttp;
    private final String agent;
    private final Resolver resolver;
    private final HttpPost post;
    private final Clock clock;
    private final ExecutorService lookUps = Executors.newVirtualThreadPerTaskExecutor();

    public WebhookCourier(WebhookSettings settings, Clock clock) {
        this(settings, clock, InetAddress::getAllByName, LIMIT);
    }

    WebhookCourier(WebhookSettings settings, Clock clock, Resolver resolver, Duration limit) {
        this.policy = new AddressPolicy(settings.allowed());
        this.plainHttp = settings.plainHttp();
        this.agent = "Regie/" + settings.version();
        this.resolver = resolver;
        this.post = new HttpPost(settings.tls(), limit);
        this.clock = clock;
    }

    @Override
    public Outcome deliver(Parcel parcel) {
        var url = parcel.url();
        if (!plainHttp && !url.getScheme().equalsIgnoreCase("https"))
            return new Outcome.Failed(
                    "the url is not https, and the settings of the room allow no other (webhooks.plainHttp)");
        try {
            var addresses = lookUp(HttpPost.bare(url));
            var address = Arrays.stream(addresses)
                    .filter(each -> policy.refusal(each).isEmpty())
                    .findFirst();
            if (address.isEmpty()) return forbidden(url, addresses[0]);
            var body = Payload.of(parcel);
            return outcome(post.send(address.get(), url, headers(parcel, body), body));
        } catch (IOException e) {
            return new Outcome.Failed(clean(words(url, e)));
        }
    }

    /** Which address it is, is not said: else names that only the room can look up could be looked up through it. */
    private Outcome forbidden(URI url, InetAddress address) {
        return new Outcome.Failed(
                "%s leads to %s, and the settings of the room do not allow it (webhooks.allowedNetworks)"
                        .formatted(url.getHost(), policy.refusal(address).orElseThrow()));
    }

    private InetAddress[] lookUp(String host) throws IOException {
        var found = lookUps.submit(() -> resolver.addresses(host));
        try {
            return found.get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            found.cancel(true);
            throw new SocketTimeoutException("its name was not looked up within %d s".formatted(LOOK_UP.toSeconds()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Map<String, String> headers(Parcel parcel, byte[] body) {
        long seconds = clock.now().getEpochSecond();
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", agent);
        headers.put("Accept", "*/*");
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", parcel.message());
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", Signature.of(parcel.secrets(), parcel.message(), seconds, body));
        return headers;
    }

    private Outcome outcome(ResponseHead answer) {
        int status = answer.status();
        if (status < 300) return new Outcome.Taken(status);
        if (status == 410) return new Outcome.Gone();
        var error = status < 400
                ? "it answers %d, which leads elsewhere; redirects are not followed".formatted(status)
                : "it answers %d".formatted(status);
        return new Outcome.Declined(status, error, answer.patience(clock.now()));
    }

    private static String words(URI url, IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "there is no host %s".formatted(url.getHost());
            case SocketTimeoutException _ -> Optional.ofNullable(e.getMessage()).orElse("no answer in time");
            case ConnectException _, NoRouteToHostException _ -> "nobody answers at %s".formatted(url.getHost());
            case SSLException _ -> "TLS fails: %s".formatted(e.getMessage());
            case EOFException _ -> "it closes the connection and answers nothing";
            default -> "the connection breaks: %s".formatted(e.getMessage());
        };
    }

    /** Some of it may be the other side's own words. */
    private static String clean(String text) {
        var plain = text.replaceAll("\\p{Cntrl}+", " ");
        return plain.substring(0, Math.min(plain.length(), ERROR_MAX));
    }

    @Override
    public void close() {
        post.close();
        lookUps.shutdownNow();
    }
}
