package regie.rest;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import regie.kernel.Fault;

/** Listens for REST v1 until it is closed. */
public final class RestDoor implements AutoCloseable {
    private static final int HEADERS_MAX = 16 << 10;
    private static final int IDLE_MILLIS = 30_000;
    private static final int STOP_MILLIS = 10_000;

    private final RestSettings settings;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final List<Route> routes;
    private final Javalin javalin;

    private RestDoor(RestSettings settings, RestRooms rooms) {
        this.settings = settings;
        var openApi = Lazy.of(() -> openApi(rooms, settings.build().version()));
        this.routes = Routes.all(rooms, settings.build(), openApi, closing::get);
        this.javalin = Javalin.create(config -> configure(config, rooms));
    }

    /**
     * Starts to listen.
     *
     * @throws Fault where the address can't be had, or is open to others without TLS
     */
    public static RestDoor start(RestSettings settings, RestRooms rooms) {
        refuseOpenPlainHttp(settings);
        var door = new RestDoor(settings, rooms);
        try {
            door.javalin.start();
        } catch (JavalinException e) {
            throw new Fault("can't listen on %s:%d: %s".formatted(settings.host(), settings.port(), rootCause(e)), e);
        }
        return door;
    }

    /** The description of all that can be asked for (OpenAPI 3.1), as JSON. */
    public static String openApi(RestRooms rooms, String version) {
        return OpenApi.of(
                rooms.kinds(),
                rooms.actions(),
                Routes.all(rooms, new RestSettings.Build(version, "", ""), () -> "", () -> false),
                version);
    }

    /** Where it listens, such as {@code http://127.0.0.1:7070}. */
    public String url() {
        return "%s://%s:%d".formatted(settings.tls().isPresent() ? "https" : "http", settings.host(), javalin.port());
    }

    List<Route> routes() {
        return routes;
    }

    private void configure(JavalinConfig config, RestRooms rooms) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        config.http.defaultContentType = MediaType.JSON;
        config.jetty.modifyServer(this::modify);
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new BadHttp()));
        config.jetty.modifyHttpConfiguration(RestDoor::modify);
        config.jetty.addConnector(this::connector);
        new Dispatcher(rooms, routes, closing, settings.limits()).register(config);
        new ConsoleSocket(rooms).register(config);
        Answers.register(config, rooms.clock());
    }

    private void modify(Server server) {
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new BadHttp());
    }

    private static void modify(HttpConfiguration http) {
        http.setRequestHeaderSize(HEADERS_MAX);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setIdleTimeout(IDLE_MILLIS);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.addCustomizer(new OneMethod());
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        var factory = new HttpConnectionFactory(http);
        var connector = settings.tls()
                .map(context -> {
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    var tls = new SslContextFactory.Server();
                    tls.setSslContext(context);
                    tls.setIncludeProtocols("TLSv1.3");
                    return new ServerConnector(server, tls, factory);
                })
                .orElseGet(() -> new ServerConnector(server, factory));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private static void refuseOpenPlainHttp(RestSettings settings) {
        try {
            if (settings.tls().isPresent()
                    || InetAddress.getByName(settings.host()).isLoopbackAddress()) return;
        } catch (UnknownHostException e) {
            throw new Fault("there is no address %s to listen on".formatted(settings.host()), e);
        }
        throw new Fault(
                "%s can be reached by others, so it needs TLS; listen on 127.0.0.1, or give a certificate and its key"
                        .formatted(settings.host()));
    }

    private static String rootCause(Throwable e) {
        var cause = e;
        for (var next = e.getCause(); next != null; next = next.getCause()) cause = next;
        return String.valueOf(cause.getMessage());
    }

    /** Takes no new requests, lets those under way come to their end for ten seconds, and stops listening. */
    @Override
    public void close() {
        closing.set(true);
        javalin.stop();
    }
}
