package regie.identity;

import java.util.Optional;

/**
 * Which entries of the audit trail to read, newest first.
 *
 * @param before a page goes on behind this number
 */
public record AuditSelection(
        Optional<String> kind,
        Optional<String> project,
        Optional<String> name,
        Optional<String> who,
        Optional<Long> before,
        int most) {}
