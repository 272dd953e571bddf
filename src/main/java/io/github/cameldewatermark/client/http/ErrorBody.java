package io.github.cameldewatermark.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Extracts the message of an error body. Its form is not documented: JSON with a message, other JSON, HTML, or nothing. */
final class ErrorBody {

    private static final String[] FIELDS = {"message", "error", "detail"};

    private ErrorBody() {}

    static String excerpt(byte[] body, String secret) {
        String message = message(body);
        return message != null
                ? Problems.excerpt(message.getBytes(StandardCharsets.UTF_8), secret)
                : Problems.excerpt(body, secret);
    }

    private static String message(byte[] body) {
        if (body.length == 0 || body[0] != '{') {
            return null;
        }
        try {
            JsonNode json = Json.tree(body);
            for (String field : FIELDS) {
                if (json.path(field).isTextual()) {
                    return json.path(field).textValue();
                }
            }
        } catch (IOException e) {
            return null; // not JSON, or cut off at the limit, so the body is shown as it is
        }
        return null;
    }
}
