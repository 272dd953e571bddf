package io.github.cameldewatermark.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;

/** What an operation came to: applied to the message in one go, and only on success. */
public final class Outcome {

    private final Map<String, Object> headers = new LinkedHashMap<>();
    private final Object body;
    private final boolean keepBody;
    private boolean paid;

    private Outcome(Object body, boolean keepBody) {
        this.body = body;
        this.keepBody = keepBody;
    }

    /** The message gets a new body. */
    public static Outcome body(Object body) {
        return new Outcome(body, false);
    }

    /** The message keeps its body. */
    public static Outcome sameBody() {
        return new Outcome(null, true);
    }

    /** Adds a header; a {@code null} removes one that is there from an earlier call. */
    public Outcome header(String name, Object value) {
        headers.put(name, value);
        return this;
    }

    /** Something was charged, which would be charged again for the same message in another exchange. */
    Outcome paid(boolean isPaid) {
        paid = isPaid;
        return this;
    }

    public boolean isPaid() {
        return paid;
    }

    /** Sets the body and the headers; all other headers stay. */
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
