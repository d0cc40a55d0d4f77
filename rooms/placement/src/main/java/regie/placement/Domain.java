package regie.placement;

/** What fails as one. */
public enum Domain {
    HOST("host"),
    RACK("rack"),
    FEED("feed"),
    SWITCH_PAIR("switch pair"),
    ROOM("room"),
    SITE("site");

    private final String word;

    Domain(String word) {
        this.word = word;
    }

    /** In a sentence. */
    public String word() {
        return word;
    }
}
