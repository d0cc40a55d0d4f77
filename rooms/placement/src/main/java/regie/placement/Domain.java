package regie.placement;

/** What fails as one. */
public enum Domain {
    HOST(0, "host"),
    RACK(1, "rack"),
    FEED(2, "feed"),
    SWITCH_PAIR(3, "switch pair"),
    ROOM(4, "room"),
    SITE(5, "site");

    private final int number;
    private final String word;

    Domain(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /** Its place among the kinds, from 0. */
    int number() {
        return number;
    }

    /** In a sentence. */
    public String word() {
        return word;
    }
}
