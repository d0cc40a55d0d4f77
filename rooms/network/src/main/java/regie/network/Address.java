package regie.network;

import java.util.UUID;

/**
 * What an owner has of a network.
 *
 * @param network uid of the Network
 * @param ip such as {@code 10.77.1.10}
 * @param mac such as {@code 52:54:00:1f:00:2a}; the same for as long as the address is kept
 */
public record Address(UUID network, String ip, String mac) {}
