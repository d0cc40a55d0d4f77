package regie.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads@0",
                "memory@1",
                "hugepages:2@0",
                "gpus:A100@1",
                "gpus:A100",
                "disk:nvme0n1",
                "functions:0000:01:00.0@0",
                "bandwidth"
            })
    void slotReadsItsOwnText(String text) {
        assertThat(Slot.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "threads,        'node is -1; expected a NUMA node, for threads'",
        "threads:a@0,    'name is \"a\"; expected no name, for threads'",
        "hugepages:two@0,'name is \"two\"; expected a page size in MiB, such as 2 or 1024'",
        "disk,           'name is \"\"; expected what disk of, without @ and white space'",
        "floppies@0,     slot is \"floppies@0\"; expected a known resource before : and @",
        "memory@one,     'slot is \"memory@one\"; expected RESOURCE, RESOURCE:NAME or one of them with @NODE'",
        "threads@9999,   'node is 9999; expected a NUMA node from 0 to 1023, or -1 for none'"
    })
    void wrongTextIsRefusedWithWhatWasExpected(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Slot.parse(text)).withMessage(message);
    }

    @Test
    void shapeIsOfWholePagesOnWholeNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape(3, 4096, 0, 2))
                .withMessage("vcpus is 3; expected a multiple of its 2 NUMA nodes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape(4, 3072, 1024, 2))
                .withMessage("memoryMiB is 3072; expected a multiple of 2048: whole pages on each NUMA node");
        assertThat(shape(4, 4096, 1024, 2)).hasToString("4 vCPU, 4096 MiB in pages of 1024 MiB on 2 NUMA nodes");
    }

    @Test
    void placeHasEachSlotOnceAndInOrder() {
        var host = new UUID(0, 1);
        var threads = new Take(Slot.threads(0), 2);
        var memory = new Take(Slot.memory(0), 64);
        assertThat(new Place(host, List.of(memory, threads)).takes()).containsExactly(threads, memory);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Place(host, List.of(threads, threads)))
                .withMessage("takes is threads@0; expected each slot once");
    }

    @Test
    void onlyHostsAreLostByTheNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Survives(Domain.RACK, 2))
                .withMessage("count is 2; expected from 1 to 1, for a rack");
        assertThat(new Survives(Domain.HOST, 2).count()).isEqualTo(2);
    }

    @Test
    void rulesOfBeingApartNeedAGroup() {
        var rules = Rules.NONE.withApart(new Apart(Domain.RACK, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guest(new UUID(0, 1), "shop", "", Shape.of(1, 16), rules))
                .withMessage("group is \"\"; expected a group, for rules of being apart or spread");
    }

    private static Shape shape(int vcpus, long memoryMiB, int pageMiB, int numaNodes) {
        return new Shape(vcpus, memoryMiB, pageMiB, numaNodes, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
    }
}
