package regie.compute;

/** A part of a fleet, as specs say it: {@code 10%} of it, or {@code 3} members. */
public final class Share {
    /** Any part, none too. */
    static final String ANY = "(100|[1-9]?[0-9])%|[0-9]{1,5}";
    /** Not none. */
    static final String SOME = "(100|[1-9]?[1-9]|[1-9]0)%|[1-9][0-9]{0,4}";

    private Share() {}

    /** Rounded down, but at least one where {@code share} is not zero. */
    static int of(String share, int whole) {
        boolean percent = share.endsWith("%");
        int number = Integer.parseInt(percent ? share.substring(0, share.length() - 1) : share);
        if (number == 0) return 0;
        return percent ? Math.max(1, (int) ((long) whole * number / 100)) : number;
    }
}
