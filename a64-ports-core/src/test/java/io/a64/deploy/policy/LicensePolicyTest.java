package io.a64.deploy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a64.module.ModuleSpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LicensePolicyTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private KeyPair keys;
    private LicensePolicy policy;

    @BeforeEach
    void prepare() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String base64 = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        policy = LicensePolicy.requiring(LicensePolicy.publicKey(base64), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void a_signed_licence_for_the_module_or_for_all_is_admitted() throws GeneralSecurityException {
        assertThat(objection(licence("{\"module_name\":\"shop\",\"not_after\":\"2027-01-01T00:00:00Z\"}", keys)))
                .isEmpty();
        assertThat(objection(licence("{\"module_name\":\"*\",\"not_after\":\"2027-01-01T00:00:00Z\"}", keys)))
                .isEmpty();
    }

    @Test
    void a_licence_for_another_module_or_of_the_past_is_refused() throws GeneralSecurityException {
        assertThat(objection(licence("{\"module_name\":\"blog\",\"not_after\":\"2027-01-01T00:00:00Z\"}", keys)))
                .hasValueSatisfying(why -> assertThat(why).contains("another module"));
        assertThat(objection(licence("{\"module_name\":\"*\",\"not_after\":\"2026-01-01T00:00:00Z\"}", keys)))
                .hasValueSatisfying(why -> assertThat(why).contains("2026-01-01T00:00:00Z"));
    }

    @Test
    void a_licence_signed_by_somebody_else_or_altered_is_refused() throws GeneralSecurityException {
        KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String payload = "{\"module_name\":\"*\",\"not_after\":\"2027-01-01T00:00:00Z\"}";
        String genuine = licence(payload, keys);
        String altered = encoded(payload.replace("2027", "2028").getBytes(StandardCharsets.UTF_8))
                + genuine.substring(genuine.indexOf('.'));

        assertThat(objection(licence(payload, others))).isPresent();
        assertThat(objection(altered)).isPresent();
    }

    @Test
    void no_key_and_rubbish_are_refused_without_repeating_them() {
        assertThat(policy.objection(
                        ModuleSpec.builder("shop").image("demo/x:1").port(80).spec()))
                .isPresent();
        for (String rubbish : new String[] {"TEST-123", "a.b", "....", "e30.e30"}) {
            assertThat(objection(rubbish))
                    .hasValueSatisfying(why -> assertThat(why).doesNotContain(rubbish));
        }
    }

    @Test
    void what_is_no_public_key_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LicensePolicy.publicKey("AAAA"));
    }

    private Optional<String> objection(String licenseKey) {
        return policy.objection(ModuleSpec.builder("shop")
                .image("demo/x:1")
                .port(80)
                .licenseKey(licenseKey)
                .spec());
    }

    private static String licence(String payload, KeyPair signer) throws GeneralSecurityException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(signer.getPrivate());
        signature.update(bytes);
        return encoded(bytes) + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
