package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.SignedUrls;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the signature of a request to storage. The document refers to Google Cloud Storage: 403
 * {@code SignatureDoesNotMatch} and 400 {@code ExpiredToken} are its answers.
 */
record Signature(SignedUrls urls) {

    /**
     * @param  contentType the content type that takes part in the signature
     * @return             what to answer if the request isn't allowed
     */
    Optional<Reply> refuse(Request request, String contentType) {
        Map<String, String> query = request.query();
        SignedUrls.Verdict verdict =
                urls.check(request.method(), request.path(), contentType, query.get("Expires"), query.get("Signature"));
        return switch (verdict) {
            case VALID -> Optional.empty();
            case WRONG_SIGNATURE ->
                Optional.of(Reply.storageError(
                        403, "SignatureDoesNotMatch", "Method, path and content type must be those that were signed"));
            case EXPIRED -> Optional.of(Reply.storageError(400, "ExpiredToken", "The signed URL has expired"));
        };
    }
}
