@NullMarked
package regie.engine.ec2;

import org.jspecify.annotations.NullMarked;
