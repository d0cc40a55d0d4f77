package regie.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
    @TempDir
    Path folder;

    private Judge judge(String journal) throws IOException {
        return Judge.read(Files.writeString(folder.resolve("journal"), journal));
    }

    @Test
    void guestThatLeavesBeforeItComesLivesOnce() throws IOException {
        var judge = judge("h1 a/1 b/1\nh1 b/1\nh2 a/2\n");
        assertThat(judge.twice()).isEmpty();
        assertThat(judge.now()).hasSize(2).containsEntry("a", "h2").containsEntry("b", "h1");
    }

    @Test
    void guestThatComesBeforeItLeavesLivesTwice() throws IOException {
        assertThat(judge("h1 a/1 b/1\nh2 a/2\nh1 b/1\n").twice()).containsExactly("line 2: a lives on h2 and h1");
    }

    @Test
    void olderEpochDoesNotComeBack() throws IOException {
        assertThat(judge("h1 a/2\nh1\nh1 a/1\n").twice()).containsExactly("line 3: a is back in epoch 1 after 2");
    }
}
