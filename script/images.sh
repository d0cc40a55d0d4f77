# The images that Regie makes for its own machines.

# micro_image: the small image of tests and demo; made once, and again where its recipe changed. Without it the tests that
# boot real machines are skipped, and say why.
micro_image() {
    phase micro "looking after the micro image" "$ROOT/images/micro/build" "$CACHE" || true
}
