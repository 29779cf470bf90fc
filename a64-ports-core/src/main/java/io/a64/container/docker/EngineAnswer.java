package io.a64.container.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.api.exception.DockerException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine's refusal.
 *
 * @param status the HTTP status
 * @param text the engine's words: the {@code message} of its JSON answer, else the answer itself
 */
record EngineAnswer(int status, String text) {

    private static final Pattern STATUS_LINE = Pattern.compile("Status \\d+: (.*)", Pattern.DOTALL);
    private static final String IPV4_OR_BRACKETS = "(?:[0-9]+(?:\\.[0-9]+){3}|\\[[^]]*])";
    /**
     * The words before address and port. Engine 28 appends the container's own address and port to a form of its own,
     * in which an IPv6 address without brackets cannot be told from a port.
     */
    private static final Pattern TAKEN_PORT =
            Pattern.compile("(?i)(?:(?:bind for|bind host port|exposing port (?:tcp|udp)|listen (?:tcp|udp)[46]?) (?:"
                    + IPV4_OR_BRACKETS + "|[0-9a-f:]+)|bind host port for " + IPV4_OR_BRACKETS
                    + "):([1-9][0-9]{0,4})(?![0-9a-f])");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads what docker-java made of the answer: {@code Status 404: {"message":"…"}}. */
    static EngineAnswer of(DockerException exception) {
        String message = exception.getMessage() == null ? "" : exception.getMessage();
        Matcher matcher = STATUS_LINE.matcher(message);
        String body = matcher.matches() ? matcher.group(1) : message;
        return new EngineAnswer(exception.getHttpStatus(), LogText.line(messageIn(body)));
    }

    /** Returns the external port that the engine says is taken, empty if its words name none. */
    OptionalInt takenPort() {
        Matcher matcher = TAKEN_PORT.matcher(text);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static String messageIn(String body) {
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return message.isTextual() ? message.textValue() : body;
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
