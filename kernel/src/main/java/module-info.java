/** What every room stands on; it knows no business noun. */
module regie.kernel {
    requires static org.jspecify;
}
