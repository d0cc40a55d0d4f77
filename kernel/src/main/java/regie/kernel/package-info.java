/** What every room stands on, without one business noun: ids, time, errors, transactions, declared resources, log, work and loops. */
@NullMarked
package regie.kernel;

import org.jspecify.annotations.NullMarked;
