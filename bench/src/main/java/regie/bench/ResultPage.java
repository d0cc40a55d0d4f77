package regie.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, as a page for people. */
record ResultPage(Benchmark benchmark, Result result, Machine before, Machine after) {
    String text() {
        return """
                # %s

                %s

                `%s`
                %s
                **What limits it.** %s

                | where | |
                |---|---|
                | date | %s |
                | machine | %d cores of %s, %d MiB |
                | kernel | Linux %s |
                | load average before and after | %s, %s |
                | Regie | %s |
                | JDK | %s |
                %s
                Again: `./regie bench %s%s --record`. p99 is by nearest rank.
                """.formatted(
                        benchmark.name(),
                        benchmark.about(),
                        result.line(benchmark.name()),
                        measured(),
                        result.limits(),
                        after.date(),
                        after.cores(),
                        after.processor(),
                        after.memoryMiB(),
                        after.kernel(),
                        before.load(),
                        after.load(),
                        after.commit(),
                        System.getProperty("java.vm.version"),
                        result.versions().entrySet().stream()
                                .map(each -> "| %s | %s |%n".formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining()),
                        benchmark.name(),
                        benchmark.playsData() ? " DIR" : "");
    }

    private String measured() {
        if (result.samples().isEmpty()) return "";
        return result.samples().entrySet().stream()
                .map(ResultPage::row)
                .collect(Collectors.joining(
                        "", "\n| measured | n | median | p99 | min | max |\n|---|---|---|---|---|---|\n", ""));
    }

    private static String row(Map.Entry<String, Samples> each) {
        var samples = each.getValue();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.3f |%n",
                each.getKey(),
                samples.count(),
                samples.median(),
                samples.p99(),
                samples.least(),
                samples.most());
    }
}
