package regie.agent.contract;

/**
 * The power to hand running guests over to another host. What is to be moved is told by the {@link Handover} of a guest in the
 * wish, and how far it came by {@link GuestSeen#handover}.
 */
public interface LiveMigration {
    /** From now on guests come and go by {@code tunnel}, and reports say that this host moves guests. */
    void open(HostTunnel tunnel);
}
