package io.github.cameldewatermark.client;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;

/** The small JSON answers, and the few ways of reading a field of them. Unknown fields are ignored. */
final class Json {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int MAX_SIZE = 1024 * 1024;

    private Json() {}

    /** Reads an object of at most 1 MiB. */
    static JsonNode object(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        if (bytes.length > MAX_SIZE) {
            throw new IOException("over " + MAX_SIZE + " bytes of JSON");
        }
        JsonNode json = tree(bytes);
        if (json == null || !json.isObject()) {
            throw new IOException("not a JSON object");
        }
        return json;
    }

    private static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            // without the cause: its message quotes what the server sent, which may echo a secret
            JsonLocation at = e.getLocation();
            throw new IOException(
                    at == null ? "not JSON" : "not JSON, at line " + at.getLineNr() + ", column " + at.getColumnNr());
        }
    }

    static String requiredText(JsonNode json, String field) throws IOException {
        String text = text(json, field);
        if (text == null || text.isEmpty()) {
            throw new IOException("the field " + field + " is missing");
        }
        return text;
    }

    static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    static Double number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNumber() ? value.doubleValue() : null;
    }

    static URI uri(JsonNode json, String field) throws IOException {
        String text = text(json, field);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // without the cause: its message holds the URL, which is a secret
            throw new IOException("the field " + field + " is not a URL");
        }
    }
}
