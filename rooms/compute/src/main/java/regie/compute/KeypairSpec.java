package regie.compute;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import regie.kernel.About;
import regie.kernel.Spec;

/** The public half of an SSH key, handed to instances by cloud-init. Regie never sees the private half. */
public record KeypairSpec(
        @About("one line in OpenSSH's format")
        @Pattern(
                regexp =
                        "(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com) [A-Za-z0-9+/]+={0,2}( [^\\r\\n]*)?")
        @Size(max = 8192)
        String publicKey)
        implements Spec {}
