package regie.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import regie.identity.AuditEntry;
import regie.identity.AuditSelection;
import regie.identity.AuditTrail;
import regie.identity.Role;
import regie.identity.Token;
import regie.identity.TokenWanted;
import regie.identity.Tokens;

/** Tokens, the audit trail, and who one is. */
final class IdentityRoutes {
    private static final int AUDIT_PAGE = 100;
    private static final int AUDIT_PAGE_MAX = 1_000;

    private final Tokens tokens;
    private final AuditTrail trail;

    IdentityRoutes(RestRooms rooms) {
        this.tokens = rooms.tokens();
        this.trail = rooms.trail();
    }

    /** @param secret shown this once */
    record TokenMade(Token token, String secret) {}

    record TokenList(List<Token> items) {}

    record CallerView(String name, Role role, Optional<String> project) {}

    /** @param next the {@code after} of the next, older page */
    record AuditPage(List<AuditEntry> items, Optional<Long> next) {}

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/v1/whoami", "Whose token this is, and what it is for.", Shape.CALLER, this::whoami),
                Route.of("GET", "/v1/tokens", "All tokens, without their secrets.", Shape.TOKEN_LIST, this::list),
                Route.of(
                                "POST",
                                "/v1/tokens",
                                "Makes a token; its secret is said this once.",
                                Shape.TOKEN_MADE,
                                this::make)
                        .taking(Shape.TOKEN_WANTED),
                Route.of("DELETE", "/v1/tokens/{name}", "Revokes a token at once.", Shape.NOTHING, this::revoke),
                Route.of("GET", "/v1/audit", "Who did what, newest first.", Shape.AUDIT_PAGE, this::audit)
                        .asking(
                                new Parameter("kind", "only this kind"),
                                new Parameter("project", "only this project"),
                                new Parameter("name", "only this name"),
                                new Parameter("who", "only what was done with the token of this name"),
                                new Parameter("limit", "most entries of one page, 1 to 1000; 100 where it is left out"),
                                new Parameter("after", "the page behind this one: the `next` of the page before")),
                Route.of(
                        "GET",
                        "/v1/audit/seals",
                        "Reckons the chain of seals over the audit trail again, and says whether it holds.",
                        Shape.AUDIT_VERDICT,
                        this::verify));
    }

    private void whoami(Request request) {
        var caller = request.caller();
        request.json(200, new CallerView(caller.name(), caller.role(), caller.project()));
    }

    private void list(Request request) {
        request.json(200, new TokenList(tokens.list(request.caller())));
    }

    private void make(Request request) throws IOException {
        var made = tokens.make(request.caller(), request.body(TokenWanted.class));
        request.json(201, new TokenMade(made.token(), made.secret().text()));
    }

    private void revoke(Request request) {
        tokens.revoke(request.caller(), request.path("name"));
        request.nothing();
    }

    private void audit(Request request) {
        int limit = request.number("limit", 1, AUDIT_PAGE_MAX, AUDIT_PAGE);
        var which = new AuditSelection(
                request.parameter("kind"),
                request.parameter("project"),
                request.parameter("name"),
                request.parameter("who"),
                request.parameter("after").map(after -> number(request, after)),
                limit);
        var items = trail.page(request.caller(), which);
        request.json(
                200,
                new AuditPage(
                        items,
                        items.size() == limit ? Optional.of(items.getLast().number()) : Optional.empty()));
    }

    private void verify(Request request) {
        request.json(200, trail.verify(request.caller()));
    }

    private static long number(Request request, String after) {
        if (after.matches("\\d{1,18}")) return Long.parseLong(after);
        throw request.bad("after", "after is %s; expected the next of the page before".formatted(after));
    }
}
