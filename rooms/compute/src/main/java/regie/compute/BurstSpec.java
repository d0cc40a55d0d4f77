package regie.compute;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;

/** Where members stand in, in a public cloud, for those that have no room at home, and what that may cost. */
public record BurstSpec(
        @About("name of the cloud, as the room's operators have set it up")
        @Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
        String cloud,

        @About("the cloud's flavor for a member, such as t3.small") @Size(min = 1, max = 255)
        String flavor,

        @About("the cloud's image for a member, such as ami-0abc") @Size(min = 1, max = 255)
        String image,

        @About("the cloud's network for a member, such as subnet-0abc; its default where left out")
        Optional<@Size(min = 1, max = 255) String> network,

        @About("what one of them costs in an hour, in euros")
        double priceEurosPerHour,

        @About("what all of them may cost in an hour, in euros; counted until the cloud says that they are gone")
        double budgetEurosPerHour,

        @About(value = "so long a member has no room before another stands in for it, in seconds", otherwise = "60")
        @Min(0)
        @Max(86_400)
        int afterSeconds) {
    private static final double TEN_THOUSANDTHS = 10_000;
    private static final double EUROS_MAX = 1_000_000;

    public BurstSpec {
        BadField.unless(
                priceEurosPerHour >= 0.0001 && priceEurosPerHour <= EUROS_MAX,
                "priceEurosPerHour",
                priceEurosPerHour,
                "a price of 0.0001 to 1000000 euros");
        BadField.unless(
                budgetEurosPerHour >= 0 && budgetEurosPerHour <= EUROS_MAX,
                "budgetEurosPerHour",
                budgetEurosPerHour,
                "0 to 1000000 euros");
    }

    /** In ten-thousandths of a euro, rounded up. */
    long price() {
        return (long) Math.ceil(priceEurosPerHour * TEN_THOUSANDTHS - 1e-6);
    }

    /** In ten-thousandths of a euro, rounded down. */
    long budget() {
        return (long) Math.floor(budgetEurosPerHour * TEN_THOUSANDTHS + 1e-6);
    }

    static double euros(long tenThousandths) {
        return tenThousandths / TEN_THOUSANDTHS;
    }
}
