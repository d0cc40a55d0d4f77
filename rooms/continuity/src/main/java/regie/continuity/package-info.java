/**
 * When a server is taken for dead, and by what proof.
 *
 * <p>{@link regie.continuity.Evidence} says who is missed and by whom, {@link regie.continuity.PowerSwitch} what a controller says of a
 * server's power. {@link regie.continuity.VerdictPlanner} decides, {@link regie.continuity.VerdictLoop} carries out: what it is about
 * to do is written down before it is done. {@link regie.compute.Deaths} is told in the end, and compute recovers the machines.
 *
 * <p>Maintenance: {@link regie.continuity.MaintenancePlanner} decides, {@link regie.continuity.MaintenanceLoop} carries out, each look
 * and what it comes to in one transaction; {@link regie.continuity.Maintaining} says before what would come of it.
 */
@NullMarked
package regie.continuity;

import org.jspecify.annotations.NullMarked;
