package regie.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.identity.MasterKey;
import regie.kernel.Chance;
import regie.kernel.Tx;

/** The secrets of webhooks, which the database holds sealed. */
public final class Secrets {
    private final MasterKey master;
    private final Chance chance;

    public Secrets(MasterKey master, Chance chance) {
        this.master = master;
        this.chance = chance;
    }

    /** @param overlap how long the one before is good beside it */
    SigningSecret make(Tx tx, UUID webhook, Duration overlap) {
        var secret = SigningSecret.random(chance);
        SecretLedger.add(tx, chance.uuid(), webhook, master.seal(secret.key(), purpose(webhook)), overlap);
        return secret;
    }

    /** The good ones of each webhook that has any, the newest first. */
    Map<UUID, List<SigningSecret>> of(Tx tx, Collection<UUID> webhooks) {
        var secrets = new HashMap<UUID, List<SigningSecret>>();
        SecretLedger.sealed(tx, webhooks)
                .forEach((webhook, rows) -> secrets.put(
                        webhook,
                        rows.stream()
                                .map(row -> new SigningSecret(master.open(row, purpose(webhook))))
                                .toList()));
        return secrets;
    }

    /** A row copied to another webhook does not open there. */
    private static String purpose(UUID webhook) {
        return "secret of webhook " + webhook;
    }
}
