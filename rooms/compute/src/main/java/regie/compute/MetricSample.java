package regie.compute;

import java.time.Instant;

/**
 * What was posted of a fleet.
 *
 * @param wanted how many members were wanted then
 * @param running how many ran then
 */
record MetricSample(Instant at, double value, int wanted, int running) {}
