package regie.server;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.WorkQueue;
import regie.rest.Monitor;
import regie.rest.RestSettings.Build;

/** The figures of this process, and whether it can serve. What stands in the database is read when the figures are asked for. */
final class RoomMonitor implements Monitor, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<IntSupplier> watchers = new CopyOnWriteArrayList<>();
    private final MultiGauge items = MultiGauge.builder("regie.work.items")
            .description("objects on the work queue")
            .register(registry);
    private final MultiGauge ages = MultiGauge.builder("regie.work.oldest.seconds")
            .description("since when the longest due object of the work queue is due")
            .register(registry);
    private final MultiGauge log = MultiGauge.builder("regie.log.position")
            .description("where the log of changes ends")
            .register(registry);
    private final Database database;
    private final Readiness readiness;

    RoomMonitor(Database database, HikariDataSource pool, Build build, Clock clock, IntSupplier attending) {
        this.database = database;
        this.readiness = new Readiness(database, clock);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        gauge(
                "regie.watchers",
                "clients that follow changes",
                _ -> watchers.stream().mapToInt(IntSupplier::getAsInt).sum());
        gauge("regie.agents.attending", "hosts whose agents are connected here", _ -> attending.getAsInt());
        var connections = pool.getHikariPoolMXBean();
        gauge("regie.database.connections.active", "in use", _ -> connections.getActiveConnections());
        gauge("regie.database.connections.idle", "open and free", _ -> connections.getIdleConnections());
        gauge(
                "regie.database.connections.awaited",
                "requests that wait for one",
                _ -> connections.getThreadsAwaitingConnection());
        gauge("regie.database.connections.max", "most that may be open", _ -> pool.getMaximumPoolSize());
        Gauge.builder("regie.build.info", () -> 1)
                .tags("version", build.version(), "commit", build.commit(), "java", build.java())
                .register(registry);
    }

    private void gauge(String name, String about, ToDoubleFunction<RoomMonitor> value) {
        Gauge.builder(name, this, value).description(about).register(registry);
    }

    @Override
    public void answered(String method, String route, int status, long nanos) {
        Timer.builder("regie.http.requests")
                .description("requests answered, by their path with variables in braces")
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void watchers(IntSupplier count) {
        watchers.add(count);
    }

    @Override
    public boolean ready() {
        return readiness.ready();
    }

    @Override
    public String figures() {
        database.read(tx -> {
            var backlog = WorkQueue.backlog(tx);
            items.register(
                    backlog.stream()
                            .map(each -> Row.of(Tags.of("kind", each.kind()), each.items()))
                            .toList(),
                    true);
            ages.register(
                    backlog.stream()
                            .map(each -> Row.of(Tags.of("kind", each.kind()), each.oldestSeconds()))
                            .toList(),
                    true);
            var end = ChangeLog.end(tx);
            log.register(
                    List.of(
                            Row.of(Tags.of("part", "transaction"), end.transaction()),
                            Row.of(Tags.of("part", "revision"), end.revision())),
                    true);
            return true;
        });
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
