package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.body.SpooledBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;

/** The result of a successful operation, which is applied to the message in one go. */
public final class Outcome {

    private final Map<String, Object> headers = new LinkedHashMap<>();
    private final Object body;
    private final boolean keepBody;

    private Outcome(Object body, boolean keepBody) {
        this.body = body;
        this.keepBody = keepBody;
    }

    /** Creates an outcome that replaces the body of the message. */
    public static Outcome body(Object body) {
        return new Outcome(body, false);
    }

    /** Creates an outcome that makes a result the body of the message. */
    public static Outcome result(SpooledBody result) {
        Outcome outcome = body(result);
        outcome.headers.putAll(result.headers());
        return outcome;
    }

    /** Creates an outcome that leaves the body of the message as it is. */
    public static Outcome sameBody() {
        return new Outcome(null, true);
    }

    /** Adds a header; the value {@code null} removes a header that an earlier call has set. */
    public Outcome header(String name, Object value) {
        headers.put(name, value);
        return this;
    }

    /** Sets the body and the headers of a message; its other headers stay as they are. */
    public void applyTo(Message message) {
        if (!keepBody) {
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
