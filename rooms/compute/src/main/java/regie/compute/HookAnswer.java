package regie.compute;

import regie.kernel.About;

/** What was said of the hook that a member waited for last. */
public record HookAnswer(
        @About("which of its hooks") HookPoint point,
        @About("what was said") HookOutcome outcome) {}
