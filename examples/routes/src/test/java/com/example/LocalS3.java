package com.example;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.util.FileUtil;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.domain.StorageType;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.filesystem.reference.FilesystemConstants;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in memory or over a folder, on a free port. */
final class LocalS3 implements AutoCloseable {

    private static final String USER = "camel";
    private static final String PASSWORD = "s3-secret";

    private final BlobStoreContext store;
    private final S3Trouble trouble;
    private final URI uri;
    private final S3Client client;
    private final Path local = Files.createTempDirectory("s3-journal");
    private S3Proxy server;

    LocalS3(String... buckets) throws Exception {
        this(ContextBuilder.newBuilder(new TransientApiMetadata()).overrides(new Properties()), buckets);
    }

    private LocalS3(ContextBuilder builder, String... buckets) throws Exception {
        store = builder.credentials(USER, PASSWORD).build(BlobStoreContext.class);
        trouble = S3Trouble.around(store.getBlobStore());
        server = serve(URI.create("http://127.0.0.1:0"));
        uri = URI.create("http://127.0.0.1:" + server.getPort());
        client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(uri)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, PASSWORD)))
                .build();
        for (String bucket : buckets) {
            createBucket(bucket);
        }
    }

    /** For objects that are too large for the heap. */
    static LocalS3 over(Path folder, String... buckets) throws Exception {
        Properties properties = new Properties();
        properties.setProperty(FilesystemConstants.PROPERTY_BASEDIR, folder.toString());
        return new LocalS3(
                ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata()).overrides(properties), buckets);
    }

    /** Tells a run where it is. All such runs have the same journal. */
    RouteRun use(RouteRun run) {
        properties().forEach(run::with);
        return run.with("s3.folder", local);
    }

    /** Where it is, for Camel. */
    Map<String, Object> properties() {
        return Map.of(
                "camel.component.aws2-s3.useDefaultCredentialsProvider",
                false,
                "camel.component.aws2-s3.accessKey",
                USER,
                "camel.component.aws2-s3.secretKey",
                PASSWORD,
                "camel.component.aws2-s3.overrideEndpoint",
                true,
                "camel.component.aws2-s3.uriEndpointOverride",
                uri,
                "camel.component.aws2-s3.forcePathStyle",
                true);
    }

    /** The folder of the journal. */
    Path local() {
        return local;
    }

    void createBucket(String bucket) {
        client.createBucket(request -> request.bucket(bucket));
    }

    void put(String bucket, String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** Without the trouble. */
    void delete(String bucket, String key) {
        store.getBlobStore().removeBlob(bucket, key);
    }

    byte[] get(String bucket, String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    InputStream open(String bucket, String key) {
        return client.getObject(request -> request.bucket(bucket).key(key));
    }

    /** As the store has them: over HTTP, pages of this server may begin again at a key with odd characters, without an end. */
    List<String> keys(String bucket) {
        return store
                .getBlobStore()
                .list(bucket, ListContainerOptions.Builder.recursive().maxResults(1_000_000))
                .stream()
                .filter(object -> object.getType() == StorageType.BLOB)
                .map(StorageMetadata::getName)
                .toList();
    }

    /** To make it fail. */
    S3Trouble trouble() {
        return trouble;
    }

    /** Goes away, and keeps what it has. */
    void stop() throws Exception {
        server.stop();
    }

    /** Comes back where it was. */
    void restart() throws Exception {
        server = serve(uri);
    }

    private S3Proxy serve(URI where) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(trouble.troubled())
                .endpoint(where)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, USER, PASSWORD)
                .build();
        proxy.start();
        return proxy;
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.stop();
        store.close();
        FileUtil.removeDir(local.toFile());
    }
}
