package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What comes while others are at work is done in one go, each with its own answer. */
class GatheringTest {
    private static final int MOST = 8;

    /** {@code thing} 0 is refused, in company too; one below breaks all. */
    private record Question(String group, int thing) {}

    private final CountDownLatch begun = new CountDownLatch(1);
    private final Semaphore mayWork = new Semaphore(0);
    private final List<List<Question>> groups = Collections.synchronizedList(new ArrayList<>());
    private final Gathering<Question, String> gathering = new Gathering<>(1, MOST, new Gathering.Work<>() {
        @Override
        public String alone(Question question) {
            return done(List.of(question)).getFirst();
        }

        @Override
        public List<String> together(List<Question> questions) {
            return done(questions);
        }

        @Override
        public Object group(Question question) {
            return question.group();
        }

        @Override
        public Object thing(Question question) {
            return question.thing();
        }
    });

    private List<String> done(List<Question> questions) {
        begun.countDown();
        mayWork.acquireUninterruptibly();
        groups.add(questions);
        for (var each : questions) {
            if (each.thing() == 0) throw new ResourceRefusal.NotFound(new Key("Thing", "", "none")).asException();
            if (each.thing() < 0) throw new IllegalStateException("broken");
        }
        return questions.stream().map(each -> each.group() + each.thing()).toList();
    }

    /** The first is at work until all others wait. */
    private List<Future<String>> ask(List<Question> questions) throws InterruptedException {
        var answers = new ArrayList<Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers.add(threads.submit(asking(new Question("first", 1))));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            for (var each : questions) {
                int before = gathering.waiting();
                answers.add(threads.submit(asking(each)));
                while (gathering.waiting() == before) Thread.onSpinWait();
            }
            mayWork.release(1_000);
        }
        return answers;
    }

    private Callable<String> asking(Question question) {
        return () -> gathering.ask(question);
    }

    @Test
    void whatWaitsIsDoneTogetherAndAnsweredOneByOne() throws Exception {
        var answers = ask(List.of(new Question("a", 1), new Question("a", 2), new Question("a", 3)));
        assertThat(groups.stream().map(List::size)).containsExactly(1, 3);
        for (int at = 1; at <= 3; at++) assertThat(answers.get(at).get()).isEqualTo("a" + at);
    }

    @Test
    void othersThingsAndCrowdsGoIntoTheNextGroup() throws Exception {
        var many = new ArrayList<>(List.of(new Question("a", 1), new Question("b", 1), new Question("b", 1)));
        for (int thing = 2; thing <= MOST + 2; thing++) many.add(new Question("b", thing));
        var answers = ask(many);
        assertThat(groups.stream().map(List::size)).containsExactly(1, 1, 1, MOST, 2);
        assertThat(answers.getLast().get()).isEqualTo("b" + (MOST + 2));
    }

    @Test
    void whereOneIsRefusedEachIsAskedAlone() throws Exception {
        var answers = ask(List.of(new Question("a", 1), new Question("a", 0), new Question("a", 2)));
        assertThat(answers.get(1).get()).isEqualTo("a1");
        assertThat(answers.get(3).get()).isEqualTo("a2");
        assertThatThrownBy(() -> answers.get(2).get()).hasCauseInstanceOf(Refused.class);
    }

    @Test
    void whatBreaksBreaksForAllAndIsNotDoneTwice() throws Exception {
        var answers = ask(List.of(new Question("a", 1), new Question("a", -1)));
        for (var each : answers.subList(1, 3)) assertThatThrownBy(each::get).hasRootCauseMessage("broken");
        assertThat(groups.stream().map(List::size)).containsExactly(1, 2);
    }
}
