package io.github.cameldewatermark.client.http;

import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides where the URLs for upload and download may point. They come from the server, and whole files are sent there, so an
 * unexpected host is refused.
 */
public final class SignedUrlPolicy {

    private final Set<String> hosts;
    private final boolean plainHttp;

    /**
     * @param baseUrl the base URL of the API; its host is allowed, too, and if it is plain {@code http}, signed URLs may be
     * @param hosts   host names without port
     */
    public SignedUrlPolicy(URI baseUrl, Set<String> hosts) {
        this.hosts = hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        this.hosts.add(baseUrl.getHost().toLowerCase(Locale.ROOT));
        this.plainHttp = "http".equalsIgnoreCase(baseUrl.getScheme());
    }

    /**
     * Checks the URL of a call.
     *
     * @return                                {@code url}
     * @throws DewatermarkTransportException if its scheme or host is not allowed
     */
    public URI check(ApiCall call, URI url) {
        String scheme = url.getScheme();
        if (!"https".equalsIgnoreCase(scheme) && !(plainHttp && "http".equalsIgnoreCase(scheme))) {
            throw ErrorClassifier.notAllowed(call, "a signed URL with the scheme " + scheme + " is not allowed");
        }
        if (url.getHost() == null || !hosts.contains(url.getHost().toLowerCase(Locale.ROOT))) {
            throw ErrorClassifier.notAllowed(
                    call,
                    "a signed URL to the host " + url.getHost() + " is not allowed, only to " + String.join(", ", hosts)
                            + " (option signedUrlHosts)");
        }
        return url;
    }
}
