package io.github.cameldewatermark.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.regex.Pattern;

/** Parses the small JSON answers and reads their fields. Unknown fields are ignored. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What no URI has, but some have all the same; HTTP clients and browsers send it encoded. */
    private static final Pattern UNSAFE = Pattern.compile("[\\s\"<>\\\\^`{|}]");

    private static final int MAX_SIZE = 1024 * 1024;
    private static final int MAX_SCALE = 100;
    private static final double MAX_SECONDS = 1e12;

    private Json() {}

    /** Reads an object of at most 1 MiB. */
    public static JsonNode object(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        if (bytes.length > MAX_SIZE) {
            throw new UnexpectedAnswerException("the JSON is longer than " + MAX_SIZE + " bytes");
        }
        JsonNode json = tree(bytes);
        if (json == null || !json.isObject()) {
            throw new UnexpectedAnswerException("not a JSON object");
        }
        return json;
    }

    /** Parses JSON of any kind. */
    static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            // without the cause, because its message quotes what the server sent, which may contain a secret
            JsonLocation at = e.getLocation();
            throw new UnexpectedAnswerException(
                    at == null ? "not JSON" : "not JSON, at line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (NumberFormatException e) {
            throw new UnexpectedAnswerException(
                    "the JSON can't be read: a number is out of range"); // Jackson throws this unchecked
        }
    }

    public static String requiredText(JsonNode json, String field) throws IOException {
        String text = text(json, field);
        if (text == null || text.isEmpty()) {
            throw new UnexpectedAnswerException("the field " + field + " is missing");
        }
        return text;
    }

    public static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /** Returns a number, or {@code null} if the field is missing or not a finite number. */
    public static Double number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNumber() && Double.isFinite(value.doubleValue()) ? value.doubleValue() : null;
    }

    /**
     * Returns an exact number.
     *
     * @return {@code null} if the field is missing or not a number, or if the number has so many digits that printing or
     *         adding it could exhaust the memory: with an exponent, a dozen characters may mean a billion digits
     */
    public static BigDecimal decimal(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNumber() && Math.abs((long) value.decimalValue().scale()) <= MAX_SCALE
                ? value.decimalValue()
                : null;
    }

    /** Returns a time given in seconds since 1970, or {@code null} if the field is missing or out of a sensible range. */
    public static Instant time(JsonNode json, String field) {
        Double seconds = number(json, field);
        return seconds == null || Math.abs(seconds) > MAX_SECONDS ? null : Instant.ofEpochSecond(seconds.longValue());
    }

    /** Returns a URI, or {@code null} if the field is missing or not a URI. */
    public static URI uri(JsonNode json, String field) {
        String text = text(json, field);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return new URI(UNSAFE.matcher(text)
                    .replaceAll(c -> URLEncoder.encode(c.group(), UTF_8).replace("+", "%20")));
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
