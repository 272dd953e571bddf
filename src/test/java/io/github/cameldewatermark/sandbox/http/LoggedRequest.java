package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request that was answered, or was about to be: it is logged just before the answer leaves.
 *
 * @param time    when it was logged
 * @param call    which call of the API; {@code null}: none, the path is unknown
 * @param method  the HTTP method
 * @param path    the path, without a query: that of a signed URL opens the object to whoever reads it
 * @param headers names in lower case; the key is replaced by asterisks
 * @param status  the status of the answer; {@link #NO_ANSWER}
 */
public record LoggedRequest(
        Instant time, Call call, String method, String path, Map<String, List<String>> headers, int status) {

    /** The status of a request whose connection was closed instead of an answer. */
    public static final int NO_ANSWER = 0;

    /** Whether it came with an API key. */
    public boolean hasKey() {
        return headers.containsKey("x-api-key");
    }

    /** Whether it gave the API key to storage, which is nobody's business there: our reading. */
    public boolean leaksKey() {
        return hasKey() && call != null && call.isSigned();
    }
}
