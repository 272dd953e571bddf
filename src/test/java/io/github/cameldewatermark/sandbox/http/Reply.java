package io.github.cameldewatermark.sandbox.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes out. */
record Reply(int status, Map<String, String> headers, ReplyBody body) {

    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);

    static Reply of(int status, String contentType, ReplyBody body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    static Reply json(int status, Map<String, ?> value) {
        try {
            return of(status, JSON, ReplyBody.of(MAPPER.writeValueAsBytes(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The document doesn't show the body of an error; our reading. */
    static Reply error(int status, String message) {
        return json(status, Map.of("message", message));
    }

    /** An error as a storage words it. */
    static Reply storageError(int status, String code, String message) {
        String xml = "<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        return of(status, "application/xml; charset=UTF-8", ReplyBody.of(xml.getBytes(StandardCharsets.UTF_8)));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), ReplyBody.of(new byte[0]));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    Reply with(ReplyBody other) {
        return new Reply(status, headers, other);
    }
}
