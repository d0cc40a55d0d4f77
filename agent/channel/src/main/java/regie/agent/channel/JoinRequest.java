package regie.agent.channel;

/**
 * @param tokenId of the join token
 * @param tokenSecret of the join token
 * @param servers the server or range of servers that the agent will stand for, as {@code par1-h01} or {@code par1-h[01-60]}
 * @param requestPem certificate signing request (PKCS#10) for the agent's own key
 */
public record JoinRequest(String tokenId, String tokenSecret, String servers, String requestPem) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "JoinRequest[tokenId=%s, servers=%s]".formatted(tokenId, servers);
    }
}
