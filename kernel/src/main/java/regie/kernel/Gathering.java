package regie.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/**
 * Has what comes at the same time done together: whatever comes while others are at work is done in one go with all else that came
 * meanwhile. Where nobody else asks, a question is answered at once and alone. No thread of its own: whoever waits does the work of
 * those who wait with him.
 *
 * @param <Q> what is asked
 * @param <R> what is answered
 */
public final class Gathering<Q, R> {
    private final int most;
    private final Semaphore places;
    private final Work<Q, R> work;
    private final Queue<Asked> waiting = new ArrayDeque<>();

    public interface Work<Q, R> {
        R alone(Q question);

        /**
         * @param questions several, that have the same {@link #group} and not one {@link #thing} in common
         * @return an answer to each, in the same order
         * @throws Refused where one of them is refused, with nothing done of any: each is asked {@link #alone} then
         */
        List<R> together(List<Q> questions);

        /** Only questions of one group are put together. */
        Object group(Q question);

        /** Two questions about the same thing are not put together. */
        Object thing(Q question);
    }

    /**
     * @param groups how many are at work at one time, so that one that waits for a lock holds up but a part
     * @param most questions in one of them
     */
    public Gathering(int groups, int most, Work<Q, R> work) {
        this.places = new Semaphore(groups);
        this.most = most;
        this.work = work;
    }

    private final class Asked {
        private final Q question;
        private final Semaphore news = new Semaphore(0);
        private volatile Optional<Answer<R>> answer = Optional.empty();

        Asked(Q question) {
            this.question = question;
        }

        void answered(Answer<R> with) {
            answer = Optional.of(with);
            news.release();
        }
    }

    private sealed interface Answer<R> {
        record Given<R>(R given) implements Answer<R> {}

        record Failed<R>(RuntimeException why) implements Answer<R> {}

        record ByYourself<R>() implements Answer<R> {}
    }

    /** Throws what the work throws. */
    public R ask(Q question) {
        var mine = new Asked(question);
        synchronized (waiting) {
            waiting.add(mine);
        }
        while (mine.answer.isEmpty()) {
            if (!places.tryAcquire()) {
                mine.news.acquireUninterruptibly();
                continue;
            }
            try {
                work(next());
            } finally {
                places.release();
                wakeNext();
            }
        }
        return switch (mine.answer.orElseThrow()) {
            case Answer.Given<R>(R given) -> given;
            case Answer.Failed<R>(RuntimeException why) -> throw why;
            case Answer.ByYourself<R> _ -> work.alone(question);
        };
    }

    /** How many nobody has begun with. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /** The oldest, and those behind it that go with it; none where others took all. */
    private List<Asked> next() {
        var group = new ArrayList<Asked>();
        var things = new HashSet<>();
        synchronized (waiting) {
            while (group.size() < most && !waiting.isEmpty()) {
                var next = waiting.element().question;
                boolean same = group.isEmpty() || work.group(next).equals(work.group(group.getFirst().question));
                if (!same || !things.add(work.thing(next))) break;
                group.add(waiting.remove());
            }
        }
        return group;
    }

    /** Whoever found all places taken waits for this; the place is free before it is called, so that nobody is forgotten. */
    private void wakeNext() {
        synchronized (waiting) {
            var first = waiting.peek();
            if (first != null) first.news.release();
        }
    }

    /** Nobody waits for ever: each of {@code group} gets an answer, whatever happens. */
    private void work(List<Asked> group) {
        if (group.isEmpty()) return;
        var questions = group.stream().map(asked -> asked.question).toList();
        try {
            var answers = group.size() == 1 ? List.of(work.alone(questions.getFirst())) : work.together(questions);
            for (int at = 0; at < group.size(); at++) group.get(at).answered(new Answer.Given<>(answers.get(at)));
        } catch (Refused e) {
            Answer<R> answer = group.size() == 1 ? new Answer.Failed<>(e) : new Answer.ByYourself<>();
            group.forEach(asked -> asked.answered(answer));
        } catch (RuntimeException e) {
            group.forEach(asked -> asked.answered(new Answer.Failed<>(e)));
        } catch (Error e) {
            group.forEach(
                    asked -> asked.answered(new Answer.Failed<>(new IllegalStateException("a mistake of ours", e))));
            throw e;
        }
    }
}
