package io.github.cameldewatermark.client.http;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIBuilder;

/**
 * Sends one request and reads its answer, without retries and redirects. Each failure is thrown as a classified
 * {@link DewatermarkException}.
 */
public final class HttpTransport {

    /** Reads a successful answer. */
    @FunctionalInterface
    public interface AnswerReader<T> {
        T read(ClassicHttpResponse head, InputStream body) throws IOException;
    }

    private static final int MAX_REST = 64 * 1024;

    private final HttpClient http;

    /** A pool of connections wouldn't do: when it is closed, those who wait for one go on waiting. */
    private final Semaphore permits;

    private final URI baseUrl;
    private final String apiKey;

    /**
     * @param maxConcurrentRequests how many requests may be under way at once; in a component, its workers are the limit
     * @param apiKey                is removed from all messages
     */
    public HttpTransport(HttpClient http, int maxConcurrentRequests, URI baseUrl, String apiKey) {
        this.http = http;
        this.permits = new Semaphore(maxConcurrentRequests);
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    /**
     * Makes a request to the API itself, which carries the API key.
     *
     * @param path the segments of the path, which are encoded
     */
    public ClassicHttpRequest request(Method method, String... path) {
        try {
            return ClassicRequestBuilder.create(method.name())
                    .setUri(new URIBuilder(baseUrl).appendPathSegments(path).build())
                    .setHeader("Accept", "application/json")
                    .setHeader("X-API-KEY", apiKey)
                    .build();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + baseUrl, e);
        }
    }

    public <T> T send(ApiCall call, ClassicHttpRequest request, AnswerReader<T> reader) {
        AtomicBoolean bodySent = new AtomicBoolean();
        if (request.getEntity() != null) {
            request.setEntity(new WatchedEntity(request.getEntity(), bodySent));
        }
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorClassifier.noAnswer(call, false, e);
        }
        try {
            return http.execute(request, HttpClientRules.context(call), response -> {
                boolean unsent = request.getEntity() != null && !bodySent.get();
                return answer(call, response, unsent, reader);
            });
        } catch (UnreadableContentException e) {
            throw new DewatermarkInputException(call.toString(), e);
        } catch (DewatermarkException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // a client that has been closed throws a RuntimeException, for example
            throw ErrorClassifier.noAnswer(call, bodySent.get(), e);
        } catch (Error e) { // such as OutOfMemoryError: whether something was charged must be said in this case, too
            throw ErrorClassifier.noAnswer(call, bodySent.get(), new IOException(e));
        } finally {
            permits.release();
        }
    }

    private <T> T answer(ApiCall call, ClassicHttpResponse response, boolean unsent, AnswerReader<T> reader)
            throws IOException {
        int status = response.getCode();
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        try {
            if (unsent) {
                throw ErrorClassifier.refusedByProxy(call, status);
            }
            if (status < 200 || status >= 300) {
                throw ErrorClassifier.status(
                        call,
                        status,
                        SafeText.clean(response.getReasonPhrase(), apiKey),
                        excerpt(response, body),
                        RetryAfter.of(response.getFirstHeader("Retry-After"), Clock.systemUTC()));
            }
            return reader.read(response, ContentCoding.decoded(response, body));
        } catch (IOException e) {
            abandon(body);
            throw ErrorClassifier.unusableAnswer(call, e);
        } finally {
            end(response, body);
        }
    }

    /** Reads the rest of an answer if it is short, so that the connection can be reused. */
    private static void end(ClassicHttpResponse response, InputStream body) {
        try {
            // nearly always nothing is left; the single read avoids the array that readNBytes allocates
            if (body.read() < 0 || body.readNBytes(MAX_REST).length < MAX_REST) {
                return;
            }
            abandon(body);
        } catch (IOException e) {
            // ignored: the answer has been read completely, so a connection that fails after it does no harm
        }
        response.setEntity(null); // otherwise the HTTP client would read the entity to its end
    }

    /** Drops the connection. Closing the stream would read the rest first, which may be gigabytes or endless. */
    private static void abandon(InputStream body) {
        if (body instanceof EofSensorInputStream rest) {
            try {
                rest.abort();
            } catch (IOException e) {
                // ignored, because the connection is dropped anyway
            }
        }
    }

    private String excerpt(ClassicHttpResponse response, InputStream body) {
        try {
            return SafeText.excerpt(ContentCoding.decoded(response, body).readNBytes(SafeText.MAX_BODY), apiKey);
        } catch (IOException e) {
            return ""; // the status says enough
        }
    }

    /** Returns the base URL, for messages. */
    @Override
    public String toString() {
        return baseUrl.toString();
    }

    /** Notes when sending of the body begins: from then on, the server may have received the whole request. */
    private static final class WatchedEntity extends HttpEntityWrapper {
        private final AtomicBoolean sent;

        WatchedEntity(HttpEntity entity, AtomicBoolean sent) {
            super(entity);
            this.sent = sent;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            sent.set(true);
            super.writeTo(out);
        }
    }
}
