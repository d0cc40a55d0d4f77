package regie.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words such as {@code --minutes 5} behind an experiment of {@code regie lab}. */
final class Options {
    private final Map<String, Integer> numbers;

    private Options(Map<String, Integer> numbers) {
        this.numbers = numbers;
    }

    /**
     * @param known each option with the number that it has where it is left out
     * @throws Arguments.Wrong where another word stands there, or none of 1 to 999999 behind an option
     */
    static Options of(List<String> words, Map<String, Integer> known) throws Arguments.Wrong {
        var said = new HashMap<>(known);
        for (int at = 0; at < words.size(); at += 2) {
            var word = words.get(at);
            if (!known.containsKey(word)) throw new Arguments.Wrong("'%s' is not known here".formatted(word));
            said.put(word, number(word, at + 1 < words.size() ? words.get(at + 1) : ""));
        }
        return new Options(Map.copyOf(said));
    }

    int number(String option) {
        return Optional.ofNullable(numbers.get(option)).orElseThrow();
    }

    private static int number(String option, String text) throws Arguments.Wrong {
        if (!text.matches("[1-9]\\d{0,5}"))
            throw new Arguments.Wrong("%s is '%s'; expected a number from 1 to 999999".formatted(option, text));
        return Integer.parseInt(text);
    }
}
