package regie.compute;

import java.util.Set;

/** The 27 member states by ISO 3166-1, as of 2026; Greece is GR there, and EL in the Union's own lists. */
final class EuropeanUnion {
    static final Set<String> COUNTRIES = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private EuropeanUnion() {}
}
