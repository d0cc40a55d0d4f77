package regie.placement;

/** Where the graphics cards of one model are, by positions of a layout. */
final class Cards {
    private final int[] near;
    private final int[] all;

    Cards(int[] near, int[] all) {
        this.near = near;
        this.all = all;
    }

    /** By node, as its place among the layout's nodes; {@link Layout#MISSING} for a node without. */
    int[] near() {
        return near;
    }

    /** Every position, also of cards that hang on no node. */
    int[] all() {
        return all;
    }
}
