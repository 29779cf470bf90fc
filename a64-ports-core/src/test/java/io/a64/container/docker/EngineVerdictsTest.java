package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.DockerException;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What engines from 20.10 to 29 and Podman were heard saying, and what it means. */
final class EngineVerdictsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE|404|No such image: x:1|IMAGE_NOT_FOUND
            CREATE|404|x:1: image not known|IMAGE_NOT_FOUND
            CREATE|400|invalid reference format: repository name must be lowercase|INVALID_SPEC
            CREATE|400|Invalid container name (l), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed|INVALID_SPEC
            CREATE|400|Minimum memory limit allowed is 6MB|INVALID_SPEC
            CREATE|400|Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available|INVALID_SPEC
            CREATE|409|Conflict. The container name "/x" is already in use by container "0f". You have to remove (or rename) that container to be able to reuse that name.|NAME_CONFLICT
            CREATE|500|creating container storage: the container name "x" is already in use by 0f. You have to remove that container to be able to reuse that name: that name is already in use|NAME_CONFLICT
            CREATE|404|network a64 not found|NETWORK_NOT_FOUND
            START|404|network a64 not found|NETWORK_NOT_FOUND
            START|500|unable to find network with name or ID a64: network not found|NETWORK_NOT_FOUND
            START|404|No such container: x|NOT_FOUND
            REMOVE|404|No such container: x|NOT_FOUND
            START|400|failed to create shim task: OCI runtime create failed: runc create failed: exec: "/bin/nope": stat /bin/nope: no such file or directory: unknown|START_FAILED
            START|500|failed to create task: exec /app: exec format error|START_FAILED
            START|500|driver failed programming external connectivity on endpoint a64-x (4f1): Bind for 127.0.0.1:28080 failed: port is already allocated|PORT_CONFLICT
            START|500|driver failed programming external connectivity on endpoint a64-x (4f1): Error starting userland proxy: listen tcp4 0.0.0.0:28080: bind: address already in use|PORT_CONFLICT
            START|500|failed to set up container networking: driver failed programming external connectivity on endpoint a64-x (4f1): failed to bind host port for 127.0.0.1:28090:172.17.0.2:8080/tcp: address already in use|PORT_CONFLICT
            START|500|failed to set up container networking: driver failed programming external connectivity on endpoint a64-x (4f1): failed to bind host port 127.0.0.1:28090/tcp: address already in use|PORT_CONFLICT
            START|500|cannot listen on the TCP port: listen tcp4 127.0.0.1:28500: bind: address already in use|PORT_CONFLICT
            START|500|Ports are not available: exposing port TCP 127.0.0.1:80 -> 0.0.0.0:0: listen tcp 127.0.0.1:80: bind: An attempt was made to access a socket|PORT_CONFLICT
            START|500|driver failed programming external connectivity on endpoint a64-x (4f1): Error starting userland proxy: listen tcp4 192.0.2.1:28080: bind: cannot assign requested address|OTHER
            START|403|endpoint with name a64-x already exists in network a64|OTHER
            LIST|403|authorization denied by plugin x|PERMISSION_DENIED
            PULL|500|Get "http://localhost:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused|IMAGE_NOT_FOUND
            PULL|404|manifest for x:1 not found: manifest unknown: manifest unknown|IMAGE_NOT_FOUND
            LIST|400|client version 1.44 is too new. Maximum supported API version is 1.41|UNAVAILABLE
            LIST|400|client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version|UNAVAILABLE
            LIST|503|the service is starting|UNAVAILABLE
            LIST|500|something new|OTHER
            """)
    void words_of_engines_have_a_meaning(Operation operation, int status, String words, Problem meaning) {
        assertThat(EngineVerdicts.of(operation, new EngineAnswer(status, words)).problem())
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            driver failed programming external connectivity on endpoint a64-x (4f1): Bind for 127.0.0.1:28080 failed: port is already allocated|28080
            driver failed programming external connectivity on endpoint a64-x (4f1): Bind for 0.0.0.0:28081 failed: port is already allocated|28081
            driver failed programming external connectivity on endpoint a64-x (4f1): Bind for :::28082 failed: port is already allocated|28082
            driver failed programming external connectivity on endpoint a64-x (4f1): Error starting userland proxy: listen tcp4 0.0.0.0:28083: bind: address already in use|28083
            driver failed programming external connectivity on endpoint a64-x (4f1): Error starting userland proxy: listen tcp6 [::]:28084: bind: address already in use|28084
            driver failed programming external connectivity on endpoint a64-x (4f1): Error starting userland proxy: listen udp4 0.0.0.0:28085: bind: address already in use|28085
            failed to set up container networking: driver failed programming external connectivity on endpoint a64-x (4f1): failed to bind host port for 127.0.0.1:28090:172.17.0.2:8080/tcp: address already in use|28090
            failed to set up container networking: driver failed programming external connectivity on endpoint a64-x (4f1): failed to bind host port 127.0.0.1:28091/tcp: address already in use|28091
            failed to set up container networking: driver failed programming external connectivity on endpoint a64-x (4f1): failed to bind host port [::1]:28092/tcp: address already in use|28092
            cannot listen on the TCP port: listen tcp4 127.0.0.1:28500: bind: address already in use|28500
            Ports are not available: exposing port TCP 127.0.0.1:80 -> 0.0.0.0:0: listen tcp 127.0.0.1:80: bind: An attempt was made to access a socket|80
            """)
    void a_port_conflict_names_the_external_port(String words, int port) {
        ContainerException translated = startRefused(words);

        assertThat(translated.problem()).isEqualTo(Problem.PORT_CONFLICT);
        assertThat(translated.port()).hasValue(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port is already allocated",
                "listen tcp4: bind: address already in use",
                "failed to bind host port for ::1:28090:fd00::2:8080/tcp: address already in use"
            })
    void a_port_conflict_whose_words_leave_the_port_open_names_none(String words) {
        assertThat(startRefused(words).port()).isEmpty();
    }

    @Test
    void no_other_refusal_names_a_port() {
        assertThat(startRefused("listen tcp4 192.0.2.1:28080: bind: cannot assign requested address")
                        .port())
                .isEmpty();
    }

    private static ContainerException startRefused(String words) {
        return new Failures("unix:///s")
                .translate(Operation.START, "a64-x", new DockerException("{\"message\":\"" + words + "\"}", 500));
    }

    @Test
    void the_engines_words_are_in_message_and_evidence() {
        DockerException refusal = new DockerException("{\"message\":\"No such image: x:1\"}\n", 404);

        ContainerException translated = new Failures("unix:///s").translate(Operation.CREATE, "a64-x", refusal);

        assertThat(translated)
                .hasMessage("cannot create the container a64-x (Docker at unix:///s): No such image: x:1");
        assertThat(translated.evidence()).containsExactly("No such image: x:1");
    }

    @Test
    void words_that_are_not_json_are_taken_as_they_are() {
        DockerException refusal = new DockerException("client version 1.11 is too old.", 400);

        assertThat(EngineAnswer.of(refusal)).isEqualTo(new EngineAnswer(400, "client version 1.11 is too old."));
    }

    @Test
    void words_cannot_drive_a_terminal() {
        DockerException refusal = new DockerException("{\"message\":\"a\\u001b[31m\\nb\"}", 500);

        assertThat(EngineAnswer.of(refusal).text()).isEqualTo("a?[31m?b");
    }
}
