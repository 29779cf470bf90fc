package io.a64.deploy.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a64.deploy.spi.AdmissionPolicy;
import io.a64.module.ModuleSpec;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Admits modules with a signed licence. A key is {@code base64url(payload).base64url(signature)}: the signature is
 * Ed25519 (RFC 8032) over the bytes of the payload, which is JSON: {@code {"module_name":"x", "not_after":"2027-01-01T00:00:00Z"}};
 * the name {@code *} stands for every module. Immutable, safe for use by several threads.
 */
public final class LicensePolicy implements AdmissionPolicy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALGORITHM = "Ed25519";

    private final PublicKey key;
    private final Clock clock;

    private LicensePolicy(PublicKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Returns a policy that trusts signatures of this Ed25519 key. */
    public static LicensePolicy requiring(PublicKey key, Clock clock) {
        return new LicensePolicy(key, clock);
    }

    /**
     * Reads an Ed25519 public key.
     *
     * @param base64 its X.509 form (SubjectPublicKeyInfo) in base64
     * @throws IllegalArgumentException if the text is none
     */
    public static PublicKey publicKey(String base64) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key in X.509 form", e);
        }
    }

    @Override
    public Optional<String> objection(ModuleSpec spec) {
        if (spec.licenseKey().isEmpty()) {
            return Optional.of("module " + spec.name() + " needs a licence key");
        }
        String licence = spec.licenseKey().get();
        int dot = licence.indexOf('.');
        if (dot < 0) {
            return refused("it is not of the form payload.signature");
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(licence.substring(0, dot));
            boolean genuine = isSigned(payload, Base64.getUrlDecoder().decode(licence.substring(dot + 1)));
            return genuine ? objection(spec.name(), JSON.readTree(payload)) : refused("its signature is not ours");
        } catch (IllegalArgumentException | IOException | DateTimeException e) {
            return refused("it cannot be read");
        }
    }

    private Optional<String> objection(String module, JsonNode payload) {
        String licensed = payload.path("module_name").asText();
        if (!licensed.equals("*") && !licensed.equals(module)) {
            return refused("it is for another module");
        }
        Instant notAfter = Instant.parse(payload.path("not_after").asText());
        return clock.instant().isAfter(notAfter) ? refused("it ended at " + notAfter) : Optional.empty();
    }

    private boolean isSigned(byte[] payload, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(payload);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<String> refused(String why) {
        return Optional.of("the licence key is refused: " + why);
    }
}
