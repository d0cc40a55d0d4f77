package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import regie.kernel.About;

/** A power supply of a server or device. One of them is enough to keep it running. */
public record PowerSupply(
        @About("name of the power feed it hangs on") String feed,

        @Min(1) @Max(100_000) @About("what it draws at most, in watts")
        int watts) {}
