package io.a64.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortException;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoAccessTest {

    @Test
    void withoutAConnectionStringTheSettingIsNamed() {
        assertThatThrownBy(() -> MongoAccess.opening(Settings.of(Map.of()), PortException::new))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("a64.mongodb.uri is not set")
                .hasMessageContaining("mongodb://127.0.0.1:27017/a64core_db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://user:geheim@127.0.0.1:27017",
                "mongodb://user:ge@heim@127.0.0.1:27017/db",
                "mongo://user:geheim@127.0.0.1/db",
                "mongodb://user:geheim@127.0.0.1:0/db"
            })
    void aConnectionStringThatCannotBeUsedIsRefusedWithoutShowingIt(String uri) {
        InvalidSettingException failure = catchThrowableOfType(InvalidSettingException.class, () -> open(uri));

        assertThat(failure).hasMessageContaining("a64.mongodb.uri").hasMessageNotContainingAny("heim", "user");
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void anOutageIsUnavailableAndDoesNotShowThePassword() {
        MongoAccess access = open("mongodb://user:geheim@127.0.0.1:" + FreePort.find() + "/db");
        try {
            PortException failure = catchThrowableOfType(
                    PortException.class, () -> access.ping(Deadline.after(Duration.ofMillis(300))));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("127.0.0.1").hasMessageNotContaining("geheim");
        } finally {
            access.close();
        }
    }

    @Test
    void aServerThatNeverAnswersEndsTheCallByTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            MongoAccess access = open("mongodb://127.0.0.1:" + silent.getLocalPort() + "/db");
            long start = System.nanoTime();
            try {
                PortException failure = catchThrowableOfType(
                        PortException.class, () -> access.ping(Deadline.after(Duration.ofMillis(500))));

                assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            } finally {
                access.close();
            }
        }
    }

    @Test
    void whatMayHaveBeenLostIsSentAgain() {
        MongoAccess access = open("mongodb://127.0.0.1:1/db");
        List<Integer> runs = new ArrayList<>();
        try {
            String answer = access.call("try", Deadline.after(Duration.ofSeconds(30)), run -> {
                runs.add(run);
                if (run < 2) {
                    throw new MongoSocketReadException("cut", new ServerAddress());
                }
                return "done";
            });

            assertThat(answer).isEqualTo("done");
            assertThat(runs).containsExactly(0, 1, 2);
        } finally {
            access.close();
        }
    }

    @Test
    void sendingAgainEndsWithTheDeadline() {
        MongoAccess access = open("mongodb://127.0.0.1:1/db");
        try {
            PortException failure = catchThrowableOfType(
                    PortException.class,
                    () -> access.call("try", Deadline.after(Duration.ofMillis(100)), run -> {
                        throw new MongoSocketReadException("cut", new ServerAddress());
                    }));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("cannot try in MongoDB database db");
        } finally {
            access.close();
        }
    }

    @Test
    void afterClosingEveryCallFailsClearly() {
        MongoAccess access = open("mongodb://127.0.0.1:1/db");
        access.close();
        access.close();

        assertThatThrownBy(() -> access.ping(Deadline.after(Duration.ofSeconds(1))))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("closed");
    }

    private static MongoAccess open(String uri) {
        return MongoAccess.opening(Settings.of(Map.of("a64.mongodb.uri", uri)), PortException::new);
    }
}
