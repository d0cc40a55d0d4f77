package regie.continuity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import regie.compute.Evacuation;
import regie.compute.Picture;
import regie.identity.Caller;
import regie.identity.Condition;
import regie.identity.Desk;
import regie.identity.Register;
import regie.kernel.About;
import regie.kernel.Clock;
import regie.kernel.Json;
import regie.kernel.Resources;

/** Says what would come of a maintenance, and begins one where that breaks nothing. {@link MaintenanceLoop} carries it out. */
public final class Maintaining {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int REASONS_SHOWN = 5;
    private static final int NAME_MAX = 40;

    private final Register register;
    private final Desk desk;
    private final Resources resources;
    private final Picture picture;
    private final Clock clock;

    public Maintaining(Register register, Desk desk, Resources resources, Picture picture, Clock clock) {
        this.register = register;
        this.desk = desk;
        this.resources = resources;
        this.picture = picture;
        this.clock = clock;
    }

    /** What is to be maintained, and how. */
    public record Intent(
            @About("name of the maintenance; made of its scope and the time where left out")
            Optional<@Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") String> name,

            @About("as in a manifest") @Valid MaintenanceSpec spec,

            @About(
                    value =
                            "begins also where some servers can't be taken out as things stand; they wait until they can",
                    otherwise = "false")
            boolean partly) {}

    /**
     * As things stand: how each server would be emptied, and which can't be. Changes nothing.
     *
     * @throws regie.kernel.Refused with {@link MaintenanceRefusal.NothingThere}
     */
    public MaintenanceForecast foresee(Caller caller, Intent intent) {
        return register.survey(caller, tx -> {
            var spec = intent.spec();
            var feedsOut = MaintenanceLoop.feedsOut(tx, resources, Optional.empty());
            var scoped = MaintenanceScopes.read(tx, resources, spec.scope(), feedsOut);
            if (scoped.servers().isEmpty() && scoped.staying().isEmpty())
                throw new MaintenanceRefusal.NothingThere(spec.scope().words()).asException();
            return new MaintenanceOutlook(spec, scoped, Evacuation.read(tx, resources, picture)).forecast();
        });
    }

    /**
     * @throws regie.kernel.Refused with {@link MaintenanceRefusal.WouldBreak} or {@link MaintenanceRefusal.NothingThere}, or where there
     *     is one of that name
     */
    public MaintenanceForecast begin(Caller caller, Intent intent) {
        var forecast = foresee(caller, intent);
        if (forecast.refused() > 0 && !intent.partly())
            throw new MaintenanceRefusal.WouldBreak(
                            forecast.refused(),
                            forecast.reasons(intent.spec().stopWhatCannotMove()).stream()
                                    .limit(REASONS_SHOWN)
                                    .toList())
                    .asException();
        var name = intent.name().orElseGet(() -> name(intent.spec()));
        var key = Maintenances.KIND.key("", name);
        // Never over one that is there: one under way would change its scope, and one that has ended never begins
        // again.
        desk.put(caller, key, Json.write(Map.of("spec", intent.spec())), Condition.ABSENT);
        return new MaintenanceForecast(
                forecast.scope(),
                Optional.of(name),
                forecast.servers(),
                forecast.staying(),
                forecast.refused(),
                forecast.notes());
    }

    private String name(MaintenanceSpec spec) {
        var slug = spec.scope().slug();
        return "%s-%s"
                .formatted(slug.length() > NAME_MAX ? slug.substring(0, NAME_MAX) : slug, STAMP.format(clock.now()));
    }
}
