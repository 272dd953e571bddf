package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.WrappedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A result in a temp file is moved to its place by a file producer, and nothing else is ever moved there. */
class ResultFileTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    private static final String HEADER = "CamelFileLocalWorkPath";
    private static final byte[] RESULT = TestPictures.large();
    private static final byte[] OTHER = "something else".getBytes();

    /** Next to the temp files, as only there it can be moved. */
    @TempDir
    Path folder;

    private final TestContext context = TestContext.at(WIRE.baseUrl());

    /** Which file the temp file was, in the terms of the file system. */
    private final AtomicReference<Object> tempFile = new AtomicReference<>();

    @BeforeEach
    void answer() {
        WIRE.answersWith(RESULT);
    }

    @AfterEach
    void tearDown() throws IOException {
        context.close();
        SpoolFile.assertNoneLeft();
    }

    private Exchange run(Processor before, Processor after, String... targets) throws Exception {
        context.start(routes -> routes.from("direct:in")
                .process(before)
                .to("dewatermark:erase")
                .process(exchange -> tempFile.set(key(SpoolFile.of(exchange))))
                .process(after)
                .to(targets));
        return context.send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));
    }

    private static void nothing(Exchange exchange) {}

    private String target(String name) {
        return "file:" + folder.resolve(name);
    }

    private Path written(String name) {
        return folder.resolve(name).resolve("photo.jpg");
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Test
    void isMovedToItsPlaceAndStillThereForTheNextStep() throws Exception {
        AtomicReference<byte[]> after = new AtomicReference<>();
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .process(exchange -> tempFile.set(key(SpoolFile.of(exchange))))
                .to(target("one"))
                .process(exchange -> after.set(exchange.getMessage().getBody(byte[].class)))
                .to(target("two")));

        Exchange exchange = context.send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        assertThat(exchange.getException()).isNull();
        assertThat(key(written("one"))).isEqualTo(tempFile.get());
        assertThat(written("one")).hasBinaryContent(RESULT);
        assertThat(after.get()).isEqualTo(RESULT);
        assertThat(written("two")).hasBinaryContent(RESULT);
        assertThat(key(written("two"))).isNotEqualTo(tempFile.get());
    }

    @Test
    void isCopiedWithTheMetadataThatWereInserted() throws Exception {
        context.start("dewatermark:erase", target("one"));
        byte[] original = TestMetadata.withSegments(jpeg(), TestMetadata.exifSegment(TestMetadata.exif(1)));

        Exchange exchange = context.send(original, Map.of(Exchange.FILE_NAME, "photo.jpg"));

        SpooledBody body = (SpooledBody) exchange.getMessage().getBody();
        assertThat(body).isNotInstanceOf(WrappedFile.class);
        assertThat(body.inMemory()).isFalse();
        assertThat(written("one")).hasSize(body.length());
        assertThat(body.length()).isGreaterThan(RESULT.length);
    }

    @Test
    void isAsReadableAsAnyNewFile() throws Exception {
        run(ResultFileTest::nothing, ResultFileTest::nothing, target("one"));

        Path any = Files.createFile(folder.resolve("any"));
        assertThat(Files.getPosixFilePermissions(written("one"))).isEqualTo(Files.getPosixFilePermissions(any));
    }

    @Test
    void eachBranchOfAMulticastHasAFileOfItsOwn() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .multicast()
                .to(target("one"), target("two"), target("three")));

        Exchange exchange = context.send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        assertThat(exchange.getException()).isNull();
        for (String name : new String[] {"one", "two", "three"}) {
            assertThat(written(name)).hasBinaryContent(RESULT);
        }
        assertThat(key(written("one"))).isNotEqualTo(key(written("two"))).isNotEqualTo(key(written("three")));
        assertThat(key(written("two"))).isNotEqualTo(key(written("three")));
    }

    /** A redelivery restores the header; Camel would write to what was moved there in place, which is the temp file, too. */
    @Test
    void isStillWholeIfARedeliveryWritesItToTheSamePlaceAgain() throws Exception {
        AtomicReference<byte[]> after = new AtomicReference<>();
        AtomicInteger notified = new AtomicInteger();
        context.start(routes -> {
            routes.from("direct:in")
                    .errorHandler(
                            routes.defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0))
                    .to("dewatermark:erase")
                    .to("direct:store")
                    .process(exchange -> after.set(exchange.getMessage().getBody(byte[].class)));
            routes.from("direct:store")
                    .errorHandler(routes.noErrorHandler())
                    .to(target("one"))
                    .process(exchange -> {
                        if (notified.incrementAndGet() < 3) {
                            throw new IOException("not notified");
                        }
                    });
        });

        Exchange exchange = context.send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        assertThat(exchange.getException()).isNull();
        assertThat(notified).hasValue(3);
        assertThat(written("one")).hasBinaryContent(RESULT);
        assertThat(after.get()).isEqualTo(RESULT);
    }

    @Test
    void isNotTakenForWholeIfItWasChangedWhereItWasDelivered() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .to(target("one"))
                .process(exchange -> Files.write(written("one"), OTHER)) // in place
                .convertBodyTo(byte[].class));

        Exchange exchange = context.send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        assertThat(exchange.getException()).hasStackTraceContaining("was changed after it was delivered");
    }

    @Test
    void whatTookItsPlaceAsTheBodyIsWrittenInstead() throws Exception {
        Path other = Files.write(folder.resolve("other"), OTHER);

        run(ResultFileTest::nothing, exchange -> exchange.getMessage().setBody(other.toFile()), target("one"));

        assertThat(written("one")).hasBinaryContent(OTHER);
        assertThat(other).hasBinaryContent(OTHER);
    }

    @Test
    void theFileOfAnFtpConsumerIsLeftToIt() throws Exception {
        String fetched = Files.write(folder.resolve("fetched"), OTHER).toString();

        Exchange exchange =
                run(before -> before.getMessage().setHeader(HEADER, fetched), ResultFileTest::nothing, target("one"));

        assertThat(written("one")).hasBinaryContent(RESULT);
        assertThat(Path.of(fetched)).hasBinaryContent(OTHER);
        assertThat(exchange.getMessage().getHeader(HEADER)).isEqualTo(fetched);
    }

    @Test
    void isCopiedToAnotherFileSystem() throws Exception {
        Path elsewhere = Path.of("/dev/shm");
        if (!isOnAnotherFileSystem(elsewhere)) {
            elsewhere = Path.of("target").toAbsolutePath();
        }
        assumeTrue(isOnAnotherFileSystem(elsewhere));
        Path target = Files.createTempDirectory(elsewhere, "outbox");
        AtomicReference<String> offered = new AtomicReference<>("none yet");

        run(
                ResultFileTest::nothing,
                exchange -> {
                    exchange.setProperty(Exchange.TO_ENDPOINT, "file://" + target);
                    exchange.getContext().getEndpoint("file:" + target);
                    offered.set(exchange.getMessage().getHeader(HEADER, String.class));
                },
                "file:" + target);

        assertThat(Path.of(offered.get())).doesNotExist();
        assertThat(target.resolve("photo.jpg")).hasBinaryContent(RESULT);
        Files.delete(target.resolve("photo.jpg"));
        Files.delete(target);
    }

    private boolean isOnAnotherFileSystem(Path elsewhere) throws IOException {
        return Files.isDirectory(elsewhere) && !Files.getFileStore(elsewhere).equals(Files.getFileStore(folder));
    }

    @Test
    void nobodyButAFileProducerIsOfferedIt() throws Exception {
        AtomicReference<File> offered = new AtomicReference<>();

        run(
                ResultFileTest::nothing,
                exchange -> offered.set(exchange.getMessage().getHeader(HEADER, File.class)),
                "mock:end");

        assertThat(offered.get()).isNotNull().doesNotExist();
    }

    @Test
    void isAFileForThoseWhoDoBetterWithOne() throws Exception {
        AtomicReference<byte[]> seen = new AtomicReference<>();

        run(
                ResultFileTest::nothing,
                exchange -> {
                    WrappedFile<?> file = exchange.getMessage().getBody(WrappedFile.class);
                    assertThat(file.getFileLength()).isEqualTo(RESULT.length);
                    seen.set(Files.readAllBytes(((File) file.getFile()).toPath()));
                },
                "mock:end");

        assertThat(seen.get()).isEqualTo(RESULT);
    }
}
