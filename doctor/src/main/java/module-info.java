/** {@code ./regie doctor}: what this machine can do, and what to do about the rest. */
module regie.doctor {
    requires static org.jspecify;
}
