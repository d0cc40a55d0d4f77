package regie.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Key;
import regie.kernel.Refused;
import regie.kernel.Resources;
import regie.kernel.Tx;

/** Who may sign in. */
public final class Tokens {
    /** Name of the token that a first start makes. */
    public static final String FIRST = "operator";

    private static final String KIND = "Token";

    /** So that reading with a token does not mean writing each time. */
    private static final Duration USED_EXACT_TO = Duration.ofMinutes(5);

    private final Database database;
    private final Resources resources;
    private final Access access;
    private final Clock clock;
    private final Chance chance;
    private final SignIns signIns;

    /** @param hints tell of revocations, those on other servers included */
    public Tokens(Database database, Hints hints, Resources resources, Access access, Clock clock, Chance chance) {
        this.database = database;
        this.resources = resources;
        this.access = access;
        this.clock = clock;
        this.chance = chance;
        this.signIns = new SignIns(hints, clock);
    }

    /** A new token with its secret, which is never shown again. */
    public record Made(Token token, Secret secret) {}

    /**
     * @param secret what the request showed, if anything
     * @param request its id
     * @throws Refused with {@link IdentityRefusal.NotSignedIn}, whatever was wrong
     */
    public Caller signIn(Optional<String> secret, String request) {
        var token = secret.map(Secret::new)
                .flatMap(this::living)
                .orElseThrow(() -> new IdentityRefusal.NotSignedIn().asException());
        return new Caller(token.uid(), token.name(), token.role(), token.project(), request);
    }

    private Optional<Token> living(Secret secret) {
        var shown = new SignIns.Shown(secret);
        var known = signIns.find(shown);
        return known.isPresent() ? known : read(secret, shown);
    }

    private Optional<Token> read(Secret secret, SignIns.Shown shown) {
        long revocations = signIns.revocations();
        var found = database.read(tx -> TokenLedger.living(tx, secret));
        found.ifPresent(token -> {
            var usedBefore = token.lastUsedAt().orElse(Instant.MIN);
            if (usedBefore.isBefore(clock.now().minus(USED_EXACT_TO)))
                database.change(Actor.ROOM, tx -> TokenLedger.used(tx, token.uid()));
            signIns.keep(shown, token, revocations);
        });
        return found;
    }

    /** Whether the token of {@code caller} still lives: for who stays connected. */
    public boolean stillSignedIn(Caller caller) {
        return database.read(tx -> TokenLedger.isLiving(tx, caller.token()));
    }

    /** @throws Refused with {@link IdentityRefusal.TokenNameTaken} or {@link IdentityRefusal.NoSuchProject} */
    public Made make(Caller caller, TokenWanted wanted) {
        access.check(caller, Access.Verb.WRITE, Access.Ground.TOKENS);
        return database.transact(caller.actor(), tx -> {
            wanted.project().ifPresent(project -> Projects.pin(tx, resources, List.of(project)));
            return add(tx, caller, wanted);
        });
    }

    public List<Token> list(Caller caller) {
        access.check(caller, Access.Verb.READ, Access.Ground.TOKENS);
        return database.read(TokenLedger::all);
    }

    /** @throws Refused with {@link IdentityRefusal.NoSuchToken} */
    public void revoke(Caller caller, String name) {
        access.check(caller, Access.Verb.WRITE, Access.Ground.TOKENS);
        database.change(caller.actor(), tx -> {
            var uid =
                    TokenLedger.revoke(tx, name).orElseThrow(() -> new IdentityRefusal.NoSuchToken(name).asException());
            audit(tx, caller, "revoke", name, uid);
        });
    }

    /** Whether nobody could sign in as an operator: a first start, or the last operator's token was revoked. */
    public boolean needsOperator() {
        return !database.read(TokenLedger::hasOperator);
    }

    /**
     * Makes the token {@value #FIRST} anew; an earlier one of that name is revoked.
     *
     * @param keep takes the secret to its place before the token is good for anything; where that fails, there is no new token
     */
    public void makeFirst(Consumer<Secret> keep) {
        database.change(Actor.ROOM, tx -> {
            var room = new Caller(new UUID(0, 0), Actor.ROOM.name(), Role.OPERATOR, Optional.empty(), "start");
            TokenLedger.revoke(tx, FIRST).ifPresent(uid -> audit(tx, room, "revoke", FIRST, uid));
            keep.accept(add(tx, room, new TokenWanted(FIRST, Role.OPERATOR, Optional.empty()))
                    .secret());
        });
    }

    private Made add(Tx tx, Caller caller, TokenWanted wanted) {
        var secret = Secret.random(chance);
        var uid = chance.uuid();
        if (!TokenLedger.add(tx, uid, wanted, secret)) {
            throw new IdentityRefusal.TokenNameTaken(wanted.name()).asException();
        }
        audit(tx, caller, "make", wanted.name(), uid);
        var token = TokenLedger.living(tx, secret).orElseThrow(() -> Check.failed("a token just made is living"));
        return new Made(token, secret);
    }

    static void audit(Tx tx, Caller caller, String verb, String name, UUID uid) {
        AuditLedger.write(tx, caller, verb, List.of(new AuditLedger.Line(new Key(KIND, "", name), uid, 1, 0)));
    }
}
