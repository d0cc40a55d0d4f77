package regie.server;

/** Bodies that tests hand in. */
final class Samples {
    static final String SITE = "{\"spec\":{\"city\":\"Paris\",\"country\":\"FR\"}}";
    static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1xqOD2jB5Jd2P7vFyP0dqT5Ssg5mFq2cZ7B3q1jv9X ann";
    static final String KEYPAIR = "{\"spec\":{\"publicKey\":\"%s\"}}".formatted(PUBLIC_KEY);
    static final String PLAN = """
            {"project": "shop", "files": [{"name": "f.yaml", "text": "kind: Keypair\\nname: planned\\nspec: {publicKey: %s}\\n"}]}""".formatted(PUBLIC_KEY);

    private Samples() {}

    /** A sample by its name, or the text itself. */
    static String named(@org.jspecify.annotations.Nullable String text) {
        return switch (text) {
            case null -> "";
            case "SITE" -> SITE;
            case "KEYPAIR" -> KEYPAIR;
            case "PLAN" -> PLAN;
            default -> text;
        };
    }
}
