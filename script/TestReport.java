import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML reports of all modules under a folder; prints each failed and each skipped test with its reason, and a
 * last line {@code N passed, N failed, N skipped}. Exit code 1 where any failed. Run from its source: {@code java
 * TestReport.java FOLDER}.
 */
final class TestReport {
    private static final int REASON_LINES_MAX = 12;

    /** What XML 1.0 can't hold (its section 2.2), and Surefire writes all the same where a test's name holds it. */
    private static final Pattern NO_XML = Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    private record Result(String test, Outcome outcome, String reason) {}

    public static void main(String[] arguments) throws IOException, XMLStreamException {
        var results = new ArrayList<Result>();
        for (var report : reports(Path.of(arguments[0]))) {
            read(report, results);
        }
        print(results, Outcome.SKIPPED, "skipped");
        print(results, Outcome.FAILED, "FAILED");
        System.out.printf(
                "%d passed, %d failed, %d skipped%n",
                count(results, Outcome.PASSED), count(results, Outcome.FAILED), count(results, Outcome.SKIPPED));
        System.exit(count(results, Outcome.FAILED) == 0 ? 0 : 1);
    }

    private static List<Path> reports(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().contains("/target/surefire-reports/TEST-"))
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path report, List<Result> results) throws IOException, XMLStreamException {
        try (var in = new StringReader(NO_XML.matcher(Files.readString(report)).replaceAll("?"))) {
            var xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("testcase")) {
                    results.add(result(xml));
                }
            }
        }
    }

    /** From the start of a {@code testcase} element to its end. */
    private static Result result(XMLStreamReader xml) throws XMLStreamException {
        var test = xml.getAttributeValue(null, "classname") + ": " + xml.getAttributeValue(null, "name");
        var outcome = Outcome.PASSED;
        var reason = "";
        while (!(xml.next() == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase"))) {
            if (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "failure", "error" -> {
                    outcome = Outcome.FAILED;
                    reason = xml.getElementText();
                }
                case "skipped" -> {
                    outcome = Outcome.SKIPPED;
                    reason = String.valueOf(xml.getAttributeValue(null, "message"));
                }
                default -> {
                    // Output of the test and counts of re-runs: in the report itself.
                }
            }
        }
        return new Result(test, outcome, reason);
    }

    private static void print(List<Result> results, Outcome outcome, String word) {
        for (var result : results) {
            if (result.outcome() == outcome) {
                System.out.println(word + " " + result.test());
                result.reason().strip().lines().limit(REASON_LINES_MAX).forEach(line -> System.out.println("    " + line));
            }
        }
    }

    private static long count(List<Result> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
