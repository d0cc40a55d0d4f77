package regie.delivery;

import java.util.Optional;

/**
 * @param state only those
 * @param before only deliveries with a lower number
 */
public record DeliverySelection(Optional<DeliveryRecord.State> state, Optional<Long> before, int most) {}
