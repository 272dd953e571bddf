package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.body.SpooledBody;
import io.github.cameldewatermark.client.Content;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;

/** The result of a successful operation, which is applied to the message in one go. */
public final class Outcome {

    private final Object body;
    private final Map<String, Object> headers = new LinkedHashMap<>();

    private Outcome(Object body) {
        this.body = body;
    }

    /** @param body a {@link Content} becomes a stream that can be read again */
    public static Outcome body(Object body) {
        return new Outcome(body);
    }

    public static Outcome sameBody() {
        return new Outcome(null);
    }

    /** Adds a header; the value {@code null} removes a header that an earlier call has set. */
    public Outcome header(String name, Object value) {
        headers.put(name, value);
        return this;
    }

    /** Sets the body and the headers of a message; its other headers stay as they are. */
    public void applyTo(Message message) {
        if (body instanceof Content content) {
            SpooledBody result = SpooledBody.of(content, message.getExchange());
            message.setBody(result);
            result.headers().forEach(message::setHeader);
        } else if (body != null) {
            message.setBody(body);
        }
        headers.forEach((name, value) -> {
            if (value == null) {
                message.removeHeader(name);
            } else {
                message.setHeader(name, value);
            }
        });
    }
}
