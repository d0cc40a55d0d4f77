package regie.server;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import regie.continuity.DegradedSettings;
import regie.continuity.VerdictSettings;
import regie.delivery.DeliverySettings;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Documents;
import regie.kernel.Refused;
import regie.rest.Limits;
import regie.storage.StorageSettings;
import regie.webhook.Network;
import regie.webhook.WebhookSettings;

/** What the control room can be told; {@code docs/operate/settings.md} is made of this record. */
record Settings(
        @About("Folder for all that it keeps. Absent: `/var/lib/regie` as root, else `~/.local/share/regie`.")
        Optional<String> data,

        @About(value = "Where it keeps what is declared.", otherwise = "{}")
        OfDatabase database,

        @About(value = "Where it listens for REST.", otherwise = "{}")
        OfApi api,

        @About(value = "Where it listens for the agents of servers.", otherwise = "{}")
        OfAgents agents,

        @About(value = "What it takes of images.", otherwise = "{}")
        OfImages images,

        @About(value = "What it sends to webhooks, and to where.", otherwise = "{}")
        OfWebhooks webhooks,

        @About(value = "When it takes servers for dead.", otherwise = "{}")
        OfContinuity continuity,

        @About("Folder with the public clouds that fleets may burst into, a file for each. Absent: `clouds` in `data`.")
        Optional<String> cloudsFolder,

        @About(
                value = "How far back a watch can go on, in hours; older changes are dropped from the log.",
                otherwise = "48")
        @Min(1)
        @Max(8_760)
        int logHours) {

    Path clouds(Path folder) {
        return cloudsFolder.map(Path::of).orElseGet(() -> folder.resolve("clouds"));
    }

    record OfDatabase(
            @About(
                    "JDBC URL of a PostgreSQL 18 of yours, without user and password; with standbys all hosts, with commas. Absent: one of its own, in `data`.")
            @Pattern(regexp = "^jdbc:postgresql:.+")
            Optional<String> url,

            @About("User of that PostgreSQL; has to own the database.")
            Optional<String> user,

            @About("File that holds the user's password, and nothing else.")
            Optional<String> passwordFile,

            @About(value = "Most connections at one time.", otherwise = "10") @Min(2) @Max(200)
            int connections,

            @About(value = "Memory for the page cache of a PostgreSQL of its own, in MiB.", otherwise = "32")
            @Min(1)
            @Max(1_048_576)
            int cacheMiB) {

        OfDatabase {
            BadField.unless(url.isPresent() || user.isEmpty(), "user", user.orElse(""), "none without a url");
            BadField.unless(
                    url.isPresent() || passwordFile.isEmpty(),
                    "passwordFile",
                    passwordFile.orElse(""),
                    "none without a url");
        }
    }

    record OfImages(
            @About(value = "Largest file of an image that is taken, in GiB.", otherwise = "64") @Min(1) @Max(65_536)
            int fileGiBMax,

            @About(value = "Largest disk inside an image, as its guest sees it, in GiB.", otherwise = "2048")
            @Min(1)
            @Max(65_536)
            int diskGiBMax,

            @About(value = "What an import leaves free on the file system of `data`, in GiB.", otherwise = "1")
            @Min(0)
            @Max(65_536)
            int freeGiBMin,

            @About(value = "Most files that come in at one time.", otherwise = "4") @Min(1) @Max(100)
            int importsMax,

            @About(
                    value =
                            "Whether bytes of images are kept in the database too, where each server of the room finds them.",
                    otherwise = "false")
            boolean inDatabase) {

        StorageSettings storage() {
            return new StorageSettings(
                    (long) fileGiBMax << 30, (long) diskGiBMax << 30, (long) freeGiBMin << 30, importsMax);
        }
    }

    record OfApi(
            @About(
                    value = "Address and port. Any but a loopback address needs a certificate.",
                    otherwise = "\"127.0.0.1:7070\"")
            @Pattern(regexp = "^.+:\\d{1,5}$")
            String listen,

            @About("PEM file with the certificate and those that vouch for it; TLS 1.3.")
            Optional<String> certificateFile,

            @About("PEM file with the certificate's key (PKCS #8, not encrypted).")
            Optional<String> keyFile,

            @About(
                    value = "Requests per second of one token, for long, on each server of the room.",
                    otherwise = "1000")
            @Min(1)
            @Max(10_000_000)
            int requestsPerSecond,

            @About(value = "Requests of one token at once.", otherwise = "10000") @Min(1) @Max(10_000_000)
            int requestsBurst,

            @About(value = "Most bodies of more than 1 MiB that are worked on at one time.", otherwise = "16")
            @Min(1)
            @Max(1_000)
            int largeBodiesMax,

            @About(
                    value = "Origins of web pages whose scripts may ask (CORS), such as `https://console.example.org`.",
                    otherwise = "[]")
            @Size(max = 100)
            List<@Pattern(regexp = "^https?://[^/ ]+$") String> origins) {

        OfApi {
            BadField.unless(
                    certificateFile.isPresent() == keyFile.isPresent(),
                    "keyFile",
                    keyFile.orElse("missing"),
                    "a key for the certificate, and none without one");
            BadField.unless(port(listen) <= 65_535, "listen", listen, "a port up to 65535");
        }

        Limits limits() {
            return new Limits(requestsPerSecond, requestsBurst, largeBodiesMax, Set.copyOf(origins));
        }

        String host() {
            return listen.substring(0, listen.lastIndexOf(':'));
        }

        int port() {
            return port(listen);
        }

        private static int port(String listen) {
            return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
        }
    }

    record OfWebhooks(
            @About(
                    value = "Networks that webhooks may go to although they are not public, such as `10.20.0.0/16`.",
                    otherwise = "[]")
            @Size(max = 1000)
            List<String> allowedNetworks,

            @About(value = "Whether a webhook may go to an http address without TLS.", otherwise = "false")
            boolean plainHttp,

            @About(
                    "PEM file with the authorities that certificates of receivers have to come from. Absent: those of the JVM.")
            Optional<String> authorityFile,

            @About(value = "How long the delivery log keeps what is finished, in hours.", otherwise = "48")
            @Min(1)
            @Max(8_760)
            int logHours) {

        OfWebhooks {
            allowedNetworks = List.copyOf(allowedNetworks);
            for (int at = 0; at < allowedNetworks.size(); at++) {
                var text = allowedNetworks.get(at);
                BadField.unless(
                        Network.parse(text).isPresent(),
                        "allowedNetworks." + at,
                        text,
                        "a network such as 10.20.0.0/16 or fd00:1::/64, with no bits behind its prefix");
            }
        }

        WebhookSettings sending() {
            var allowed = allowedNetworks.stream()
                    .map(text -> Network.parse(text).orElseThrow())
                    .toList();
            return new WebhookSettings(
                    allowed, plainHttp, authorityFile.map(Path::of).map(Tls::trusting), Version.CURRENT);
        }

        DeliverySettings queueing() {
            return DeliverySettings.keeping(Duration.ofHours(logHours));
        }
    }

    record OfContinuity(
            @About(
                    value =
                            "More than this share of a site's or the estate's servers missing at once is a storm: nothing is fenced.",
                    otherwise = "10")
            @Min(0)
            @Max(100)
            int stormPercent,

            @About(value = "Fewer servers than this are never a storm, whatever their share.", otherwise = "3")
            @Min(2)
            @Max(10_000)
            int stormServers,

            @About(
                    value =
                            "How long a server has to be missed that nobody but the room could hear, in seconds, before its power is cut.",
                    otherwise = "30")
            @Min(5)
            @Max(86_400)
            int patienceSeconds,

            @About(
                    value =
                            "How long something has to be wrong with a server that is heard, in seconds, before it is cordoned and drained.",
                    otherwise = "60")
            @Min(10)
            @Max(86_400)
            int degradedSeconds,

            @About(
                    value =
                            "How long nothing may be wrong with such a server, in seconds, before it is given machines again.",
                    otherwise = "300")
            @Min(10)
            @Max(86_400)
            int wellSeconds,

            @About("Folder with the credentials of controllers, a file for each name. Absent: `controllers` in `data`.")
            Optional<String> credentialsFolder) {

        VerdictSettings verdicts() {
            return new VerdictSettings(stormPercent, stormServers, Duration.ofSeconds(patienceSeconds));
        }

        DegradedSettings degraded() {
            return new DegradedSettings(
                    verdicts(), Duration.ofSeconds(degradedSeconds), Duration.ofSeconds(wellSeconds));
        }

        Path credentials(Path folder) {
            return credentialsFolder.map(Path::of).orElseGet(() -> folder.resolve("controllers"));
        }
    }

    record OfAgents(
            @About(
                    value = "Address and port; TLS 1.3 with certificates of the room's own authority.",
                    otherwise = "\"0.0.0.0:7071\"")
            @Pattern(regexp = "^.+:\\d{1,5}$")
            String listen,

            @About(
                    value = "Life of an agent's certificate in hours; agents renew it after two thirds of it.",
                    otherwise = "720")
            @Min(1)
            @Max(8_760)
            int certificateHours) {

        OfAgents {
            BadField.unless(OfApi.port(listen) <= 65_535, "listen", listen, "a port up to 65535");
        }

        Duration certificateLife() {
            return Duration.ofHours(certificateHours);
        }

        InetSocketAddress address() {
            return new InetSocketAddress(listen.substring(0, listen.lastIndexOf(':')), OfApi.port(listen));
        }
    }

    /**
     * Reads the file; without one, everything is as documented.
     *
     * @throws Refused with every problem and its place
     * @throws IOException where the file can't be read
     */
    static Settings read(Optional<Path> file) throws IOException {
        var text = file.isPresent() ? Files.readString(file.get()) : "";
        return Documents.read(Settings.class, file.map(Path::toString).orElse("settings"), text);
    }

    Path folder() {
        return Path.of(data.orElseGet(Settings::usualFolder)).toAbsolutePath().normalize();
    }

    private static String usualFolder() {
        return System.getProperty("user.name").equals("root")
                ? "/var/lib/regie"
                : Path.of(System.getProperty("user.home"), ".local", "share", "regie")
                        .toString();
    }
}
