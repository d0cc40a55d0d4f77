/** What the company owns and where it stands: sites, racks, feeds, servers, devices and the links between them. */
@NullMarked
package regie.estate;

import org.jspecify.annotations.NullMarked;
