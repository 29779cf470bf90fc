package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults about what passes while it is still being sent, each caught by name. */
final class RoutedStreamsSelfTest {

    @Test
    void aProxyThatCollectsAnswersIsCaught() {
        assertCaught(
                CollectsAnswers.class,
                "anEventPassesAtOnceWithoutBuffering",
                "anEventPassesAtOnceIfTheModuleAsksForIt");
    }

    static final class CollectsAnswers extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void relay(Route route, InputStream from, OutputStream to) throws IOException {
                    to.write(from.readAllBytes());
                }
            };
        }
    }

    @Test
    void aProxyThatCollectsUploadsIsCaught() {
        assertCaught(
                CollectsUploads.class,
                "anUploadReachesTheModuleWhileItIsStillBeingSent",
                "anUploadInChunksReachesTheModuleWhileItIsStillBeingSent");
    }

    static final class CollectsUploads extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean canStream() {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatWaitsForEverIsCaught() {
        assertCaught(WaitsForEver.class, "aModuleThatStaysSilentForTooLongIsGivenUp");
    }

    static final class WaitsForEver extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                int patience(Route route) {
                    return 0;
                }
            };
        }
    }

    @Test
    void aProxyThatIsImpatientIsCaught() {
        assertCaught(IsImpatient.class, "aModuleMayStaySilentForAsLongAsItsRouteSays");
    }

    static final class IsImpatient extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                int patience(Route route) {
                    return 1000;
                }
            };
        }
    }

    @Test
    void aProxyThatPassesNoUpgradeIsCaught() {
        assertCaught(
                PassesNoUpgrade.class,
                "aWebSocketPasses",
                "aWebSocketOfAHostPasses",
                "aWebSocketSurvivesAChangeOfAnotherRoute");
    }

    static final class PassesNoUpgrade extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                List<String> connection(Route route, ReferenceRequest asked) {
                    return List.of("Connection: close");
                }
            };
        }
    }

    @Test
    void aProxyThatPassesEveryUpgradeIsCaught() {
        assertCaught(
                PassesEveryUpgrade.class,
                "aRouteWithoutWebSocketsPassesNoUpgrade",
                "anotherUpgradeThanWebsocketIsNotPassedOn");
    }

    static final class PassesEveryUpgrade extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                List<String> connection(Route route, ReferenceRequest asked) {
                    return asked.head().header("upgrade").isEmpty()
                            ? List.of("Connection: close")
                            : List.of(
                                    "Connection: Upgrade",
                                    "Upgrade: " + asked.head().header("upgrade").get(0));
                }
            };
        }
    }
}
