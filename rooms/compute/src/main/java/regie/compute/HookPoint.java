package regie.compute;

/** Where in its life a member waits for somebody outside. */
public enum HookPoint {
    STARTING,
    STOPPING
}
