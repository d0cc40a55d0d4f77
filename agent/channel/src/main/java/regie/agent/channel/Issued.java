package regie.agent.channel;

/**
 * @param certificatePem the agent's new certificate
 * @param authorityPem the certificate of the room's CA, which the agent trusts from now on
 */
public record Issued(String certificatePem, String authorityPem) {}
