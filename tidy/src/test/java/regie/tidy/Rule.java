package regie.tidy;

import java.util.List;

/** Something the compiler can't see. A rule judges text, so that a test can hand it a bad sample. */
interface Rule {
    /** Names the rule in a report and in {@code allowed.txt}: lower case, with dashes. */
    String name();

    /** Why it is a rule. */
    String reason();

    /** What to do in place of it. */
    String instead();

    List<Finding> findings(Source source);
}
