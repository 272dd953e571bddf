package io.github.cameldewatermark.sandbox.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that goes wrong with one request. */
public sealed interface Fault {

    /** The request isn't processed; this is the answer. */
    record Status(int code, Map<String, String> headers, String body) implements Fault {

        public Status {
            headers = Map.copyOf(headers);
        }

        /** @param value seconds or an HTTP date */
        public Status retryAfter(String value) {
            return header("Retry-After", value);
        }

        public Status header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Status(code, more, body);
        }

        /** Instead of the usual {@code {"message": …}}. */
        public Status body(String contentType, String content) {
            return new Status(code, headers, content).header("Content-Type", contentType);
        }
    }

    /** The request waits before it is processed, and is processed even if the client has gone by then. */
    record Delay(Duration time) implements Fault {}

    /** The connection is closed before anything is processed. A request with a body is cut off in the middle. */
    record ResetBefore() implements Fault {}

    /** The request is processed, and charged, and then the connection is closed without an answer. */
    record ResetAfter() implements Fault {}

    /**
     * The request is processed, and charged, but only part of the announced answer is sent.
     *
     * @param bytes how much is sent of the body; -1: half of it
     */
    record Cut(long bytes) implements Fault {}

    /** The request is processed, and charged, but the answer makes no sense. */
    record Garbled(Garbling how) implements Fault {}

    /** The task that is submitted fails at the end of its time. */
    record FailingTask() implements Fault {}

    /** Ways of making no sense. */
    enum Garbling {
        /** HTML that claims to be JSON. */
        NOT_JSON,
        /** The answer is complete for HTTP but ends in the middle. */
        ENDS_EARLY,
        /** The picture of an erase answer isn't base64. */
        BROKEN_BASE64,
        /** An erase answer has no picture. */
        MISSING_IMAGE
    }

    static Status status(int code) {
        return new Status(code, Map.of(), null);
    }

    static Fault delay(Duration time) {
        return new Delay(time);
    }

    static Fault resetBefore() {
        return new ResetBefore();
    }

    static Fault resetAfter() {
        return new ResetAfter();
    }

    static Fault cut() {
        return new Cut(-1);
    }

    static Fault cutAfter(long bytes) {
        return new Cut(bytes);
    }

    static Fault garbled(Garbling how) {
        return new Garbled(how);
    }

    static Fault failingTask() {
        return new FailingTask();
    }
}
