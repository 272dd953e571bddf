package io.github.cameldewatermark.file;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.util.function.Suppliers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bean for the keys that routes give to objects of a bucket, as {@link FreeName} is for files, and for moving objects. It
 * uses the client of aws2-s3, but not its producer, as that evaluates keys as expressions before Camel 4.18.5 and 4.22.2
 * (CVE-2026-95664).
 */
public class S3Bucket {

    private static final Logger LOG = LoggerFactory.getLogger(S3Bucket.class);

    private final String bucket;
    private final ReservedNames reserved = new ReservedNames();

    public S3Bucket(String bucket) {
        this.bucket = bucket;
    }

    /**
     * Lists the objects whose keys begin with a prefix, page by page while it is read. Keys come encoded, because XML has no way
     * to write some of the characters that a key may contain: one such key would make the whole list unreadable.
     */
    public Iterable<S3Object> list(Exchange exchange, @ExchangeProperty("prefix") String prefix) {
        return client(exchange)
                .listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
                .contents();
    }

    /**
     * Returns a key for the body of the message: the one in the exchange property {@code to} or, if another object has it, one
     * such as {@code a/photo-2.jpg}. The same bytes are written over: they are from a delivery that is repeated after a crash.
     */
    public String result(Exchange exchange, @ExchangeProperty("to") String to) {
        Supplier<String> tag = Suppliers.memorize(Bytes.ofBody(exchange)::tag);
        return reserved.reserve(exchange, bucket, to, isFree(client(exchange), there -> there.equals(tag.get())));
    }

    /**
     * The same for a result that couldn't be delivered. Long keys are shortened, so that a key that was too long elsewhere
     * doesn't fail here, too.
     */
    public String rescued(Exchange exchange, @Header(Exchange.FILE_NAME) String name) {
        return result(exchange, "failed/clean/" + NameRule.shortened(name));
    }

    /** Returns a key for the object {@code from} of this bucket, in the same way. */
    public String original(
            Exchange exchange, @ExchangeProperty("from") String from, @ExchangeProperty("to") String to) {
        S3Client client = client(exchange);
        String tag = client.headObject(head -> head.bucket(bucket).key(from)).eTag();
        return reserved.reserve(exchange, bucket, to, isFree(client, tag::equals));
    }

    /**
     * Moves an object of this bucket to another key.
     *
     * @throws S3Exception if S3 refuses it; the object may have been copied by then
     */
    public void move(Exchange exchange, @ExchangeProperty("from") String from, @ExchangeProperty("to") String to) {
        S3Client client = client(exchange);
        client.copyObject(copy -> copy.sourceBucket(bucket)
                .sourceKey(from)
                .destinationBucket(bucket)
                .destinationKey(to));
        client.deleteObject(delete -> delete.bucket(bucket).key(from));
    }

    /** A key is free if nothing has it, or an object whose entity tag shows that it has the same bytes. */
    private Predicate<String> isFree(S3Client client, Predicate<String> isTagOfSameBytes) {
        return key -> {
            try {
                return isTagOfSameBytes.test(
                        client.headObject(head -> head.bucket(bucket).key(key)).eTag());
            } catch (NoSuchKeyException e) {
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() != HTTP_FORBIDDEN) {
                    throw e;
                }
                LOG.warn(
                        "Can't check whether {} already has {}, which would then be overwritten: {}",
                        bucket,
                        key,
                        e.getMessage());
                return true;
            }
        };
    }

    private S3Client client(Exchange exchange) {
        return exchange.getContext()
                .getEndpoint("aws2-s3:" + bucket, AWS2S3Endpoint.class)
                .getS3Client();
    }
}
