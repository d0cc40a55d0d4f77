package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import regie.kernel.Hold;

/**
 * How many members hold a metric at its target: {@code ceil(members × value / target)}, within a tolerance, as the Horizontal Pod
 * Autoscaler of Kubernetes does it. It grows by the newest sample, to at most twice as many; it shrinks to the most that any sample of the
 * stabilisation window asks for, and only where no part of the window went without samples.
 */
final class TargetTracking {
    /** A small fleet may grow to this at once. */
    private static final int LEAP = 4;
    /** What is a whole number but for rounding is that. */
    private static final double ROUNDING = 1e-9;

    private final MetricSpec metric;
    private final Instant now;

    TargetTracking(MetricSpec metric, Instant now) {
        this.metric = metric;
        this.now = now;
    }

    /** @param hold why the metric is not followed; empty where it is */
    record Size(int wanted, Optional<Hold> hold) {}

    /**
     * @param current as many are wanted so far
     * @param samples in any order
     */
    Size size(int current, List<MetricSample> samples, int least, int most) {
        int base = Math.clamp(current, least, most);
        var past = samples.stream()
                .filter(sample -> !sample.at().isAfter(now))
                .sorted(Comparator.comparing(MetricSample::at))
                .toList();
        if (past.isEmpty()) return new Size(base, Optional.of(Holds.metricMissing(metric.name(), base)));
        var newest = past.getLast();
        var age = Duration.between(newest.at(), now);
        if (age.compareTo(metric.stale()) > 0)
            return new Size(base, Optional.of(Holds.metricStale(metric.name(), age.toSeconds(), base)));
        int asked = Math.clamp(asked(newest), least, most);
        if (asked >= base) return new Size(asked, Optional.empty());
        var window = past.stream()
                .filter(sample -> sample.at().isAfter(now.minus(metric.stabilization())))
                .toList();
        if (!isCovered(window)) return new Size(base, Optional.empty());
        int highest = window.stream().mapToInt(this::asked).max().orElse(asked);
        return new Size(Math.clamp(Math.max(asked, highest), least, base), Optional.empty());
    }

    /** How many {@code sample} asks for. Members that do not run are taken for idle where it is much, and for busy where it is little. */
    int asked(MetricSample sample) {
        double load = load(sample);
        double ratio = load / (metric.target() * Math.max(1, sample.wanted()));
        if (sample.wanted() > 0 && Math.abs(ratio - 1) * 100 <= metric.tolerancePercent() + ROUNDING)
            return sample.wanted();
        if (guessesAtMissing(sample) && isBusy(sample) != ratio > 1) return sample.wanted();
        double needed = Math.ceil(load / metric.target() - ROUNDING);
        return (int) Math.clamp(needed, 0, Math.max(LEAP, 2.0 * sample.wanted()));
    }

    /** In units of the metric, over all members. */
    private double load(MetricSample sample) {
        return switch (metric.measured()) {
            case TOTAL -> sample.value();
            case AVERAGE -> {
                int missing = isBusy(sample) ? 0 : Math.max(0, sample.wanted() - sample.running());
                yield sample.value() * sample.running() + metric.target() * missing;
            }
        };
    }

    private boolean guessesAtMissing(MetricSample sample) {
        return metric.measured() == MetricSpec.Measured.AVERAGE && sample.running() < sample.wanted();
    }

    private boolean isBusy(MetricSample sample) {
        return sample.value() > metric.target();
    }

    /** Whether there is no time in the window that says nothing for longer than a sample is good for. */
    private boolean isCovered(List<MetricSample> window) {
        var since = now.minus(metric.stabilization());
        for (var sample : window) {
            if (Duration.between(since, sample.at()).compareTo(metric.stale()) > 0) return false;
            since = sample.at();
        }
        return Duration.between(since, now).compareTo(metric.stale()) <= 0;
    }
}
