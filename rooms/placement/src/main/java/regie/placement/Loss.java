package regie.placement;

import java.util.List;
import java.util.UUID;

/**
 * What comes after the loss of some hosts.
 *
 * @param returns those that come back, and where; all of them fit beside everyone who stays
 * @param gone those that don't
 */
public record Loss(List<Return> returns, List<Gone> gone) {
    public Loss {
        returns = List.copyOf(returns);
        gone = List.copyOf(gone);
    }

    /**
     * A guest for which there is no place after the loss.
     *
     * @param promised whether it was promised to come back after a loss like this one; then it stood as a {@link Gap} before
     * @param why what is lacking, in words
     */
    public record Gone(UUID guest, boolean promised, String why) {}
}
