package regie.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MacsTest {
    private final UUID owner = UUID.fromString("019a9f3c-1b2d-7c4e-8f60-112233445566");

    @Test
    void anOwnerHasTheSameCandidatesForEver() {
        assertThat(Macs.candidates(owner))
                .startsWith("52:54:00:94:c9:e0")
                .hasSize(8)
                .doesNotHaveDuplicates();
    }

    @Test
    void aCandidateThatIsTakenIsPassedOver() {
        var candidates = Macs.candidates(owner);

        var chosen = Macs.choose(List.of(owner), _ -> Set.of(candidates.get(0), candidates.get(1)));

        assertThat(chosen).containsEntry(owner, candidates.get(2));
    }
}
