package regie.agent.daemon;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import regie.agent.channel.Credentials;
import regie.agent.channel.Issued;
import regie.agent.channel.Pem;

/** A key (EC P-256) that the agent has just made and wants a certificate for. The key never leaves this process but to its file. */
record NewKey(KeyPair keys) {

    static NewKey make() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new NewKey(generator.generateKeyPair());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JVM makes no EC keys", broken);
        }
    }

    /** The certificate signing request; whose it is the room decides, so the name in it says nothing. */
    String requestPem() {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=agent"), keys.getPublic());
            return Pem.block("CERTIFICATE REQUEST", request.build(signer).getEncoded());
        } catch (OperatorCreationException | IOException broken) {
            throw new IllegalStateException("this JVM signs no requests", broken);
        }
    }

    /** @throws GeneralSecurityException where what the room issued is not for this key */
    Credentials with(Issued issued) throws GeneralSecurityException {
        var certificate = Pem.certificate(issued.certificatePem());
        if (!certificate.getPublicKey().equals(keys.getPublic())) {
            throw new GeneralSecurityException("the room issued a certificate for another key");
        }
        var authority = Pem.certificate(issued.authorityPem());
        certificate.verify(authority.getPublicKey());
        return new Credentials(keys.getPrivate(), certificate, authority);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "NewKey";
    }
}
