package regie.compute;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import regie.compute.RunOut.Outcome;

/** Of all that a site may run out of, what does first. */
final class Forecasts {
    private Forecasts() {}

    private record Named(String what, Outcome.Reaches reaches) {}

    static CapacityAnswer.Forecast of(CapacityLedger.@Nullable History history) {
        int days = history == null
                ? 0
                : history.days().values().stream()
                        .mapToInt(each -> each.size())
                        .max()
                        .orElse(0);
        if (history == null || days < RunOut.DAYS_MIN) {
            return none(days, "%d days of history; a forecast takes at least %d".formatted(days, RunOut.DAYS_MIN));
        }
        return history.days().entrySet().stream()
                .flatMap(entry -> {
                    var outcome = RunOut.of(entry.getValue(), history.totals().getOrDefault(entry.getKey(), 0L));
                    return outcome instanceof Outcome.Reaches reaches
                            ? java.util.stream.Stream.of(new Named(entry.getKey(), reaches))
                            : java.util.stream.Stream.empty();
                })
                .min(Comparator.comparing((Named named) -> named.reaches().likely())
                        .thenComparing(Named::what))
                .map(Forecasts::told)
                .orElseGet(
                        () -> none(days, "nothing runs out within ten years, by %d days of history".formatted(days)));
    }

    private static CapacityAnswer.Forecast told(Named named) {
        var reaches = named.reaches();
        var latest = reaches.latest().map(LocalDate::toString);
        var words = "%s about %s (%s to %s), %s more a day, by %d days of history"
                .formatted(
                        named.what(),
                        reaches.likely(),
                        reaches.earliest(),
                        latest.orElse("perhaps never"),
                        String.format(Locale.ROOT, "%.1f", reaches.perDay()),
                        reaches.days());
        return new CapacityAnswer.Forecast(
                reaches.days(),
                Optional.of(named.what()),
                Optional.of(reaches.perDay()),
                Optional.of(reaches.likely().toString()),
                Optional.of(reaches.earliest().toString()),
                latest,
                words);
    }

    private static CapacityAnswer.Forecast none(int days, String words) {
        return new CapacityAnswer.Forecast(
                days, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), words);
    }
}
