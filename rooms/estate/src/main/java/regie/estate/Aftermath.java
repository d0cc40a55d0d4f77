package regie.estate;

import java.util.BitSet;

/**
 * What a loss leaves, under the numbers of {@link Machines}, {@link Feeds} and {@link Wiring}.
 *
 * @param lostMachines those that are lost themselves, or stand in what is
 * @param dark these, and all that no live feed reaches
 * @param diskless servers that have power, and a disk on a device that is dark
 * @param cutOff servers that have power and disks, and reach the outside no more
 * @param parts by place of the wiring, as {@link Wiring#parts}
 */
record Aftermath(
        BitSet liveFeeds,
        BitSet lostMachines,
        BitSet dark,
        BitSet diskless,
        BitSet cutOff,
        BitSet darkPlaces,
        BitSet deadLinks,
        Parts parts) {

    /** Servers that give no service any more. */
    BitSet out() {
        var out = (BitSet) dark.clone();
        out.or(diskless);
        out.or(cutOff);
        return out;
    }
}
