package io.a64.container.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.api.exception.DockerException;
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
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads what docker-java made of the answer: {@code Status 404: {"message":"…"}}. */
    static EngineAnswer of(DockerException exception) {
        String message = exception.getMessage() == null ? "" : exception.getMessage();
        Matcher matcher = STATUS_LINE.matcher(message);
        String body = matcher.matches() ? matcher.group(1) : message;
        return new EngineAnswer(exception.getHttpStatus(), LogText.line(messageIn(body)));
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
