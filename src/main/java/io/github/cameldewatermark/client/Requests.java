package io.github.cameldewatermark.client;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIBuilder;

/** Makes the requests to the API itself, which carry the API key. */
record Requests(URI baseUrl, String apiKey) {

    private static final String KEY_HEADER = "X-API-KEY";

    /** @param path the segments of the path, which are encoded */
    ClassicHttpRequest api(Method method, String... path) {
        try {
            URI uri = new URIBuilder(baseUrl).appendPathSegments(path).build();
            ClassicHttpRequest request = ClassicRequestBuilder.create(method.name())
                    .setUri(uri)
                    .setHeader("Accept", "application/json")
                    .build();
            request.setHeader(KEY_HEADER, apiKey);
            return request;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + baseUrl, e);
        }
    }

    @Override
    public String toString() {
        return "Requests[" + baseUrl + "]";
    }
}
