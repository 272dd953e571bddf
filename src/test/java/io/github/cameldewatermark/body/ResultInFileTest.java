package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A large result is in a temp file. */
class ResultInFileTest extends ResultBodyTest {

    @Override
    boolean isInMemory() {
        return false;
    }

    @Override
    byte[] result(boolean large) {
        return large ? TestPictures.noise(2_000_000) : TestPictures.large();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyItsOwnerCanOpenTheFolderOfTheTempFile() throws Exception {
        WIRE.answersWith(TestPictures.large());
        AtomicReference<String> permissions = new AtomicReference<>();
        context.start(routes -> routes.from("direct:in").to("dewatermark:erase").process(exchange -> {
            Path file = SpoolFile.of(exchange);
            permissions.set(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        }));

        context.send(jpeg());

        assertThat(permissions).hasValue("rwx------");
    }

    @Test
    void theTempFileOfTheFirstPictureIsGoneWhenARefinementTakesItsPlace() throws Exception {
        WIRE.answersWith(TestPictures.large());

        Exchange exchange = context.start("dewatermark:erase", "dewatermark:erase", "dewatermark:erase")
                .send(jpeg());

        assertThat(exchange.getException()).isNull();
        assertOnly(SpoolFile.of(exchange));
    }

    @Test
    void theTempFolderIsGoneAfterTheContextStopped() throws Exception {
        WIRE.answersWith(TestPictures.large());
        Path tempFolder =
                SpoolFile.of(context.start("dewatermark:erase").send(jpeg())).getParent();
        assertThat(tempFolder).isDirectory();

        context.close();

        assertThat(tempFolder).doesNotExist();
    }

    @Test
    void aStreamThatWasSpooledToBeSentIsGoneAfterTheCall() throws Exception {
        WIRE.answersWith(TestPictures.large());
        context.camel().setStreamCaching(false);

        Exchange exchange = context.start("dewatermark:erase").send(new ByteArrayInputStream(TestPictures.large()));

        assertThat(exchange.getException()).isNull();
        Path result = SpoolFile.of(exchange);
        try (Stream<Path> files = Files.list(result.getParent())) { // without a garbage collection
            assertThat(files.filter(FileSystems.getDefault().getPathMatcher(SpoolFile.PATTERN)::matches))
                    .containsExactly(result);
        }
    }

    /** Its space would not be free after it is deleted. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aResultThatWasReadToItsEndIsNotHeldOpen() throws Exception {
        WIRE.answersWith(TestPictures.large());
        context.start(routes ->
                routes.from("direct:in").to("dewatermark:erase").process(exchange -> assertClosedAtItsEnd(exchange)));

        assertThat(context.send(jpeg()).getException()).isNull();
    }

    private static void assertOnly(Path file) {
        SpoolFile.untilCollected(() -> {
            try (Stream<Path> files = Files.list(file.getParent())) {
                assertThat(files.filter(FileSystems.getDefault().getPathMatcher(SpoolFile.PATTERN)::matches))
                        .containsExactly(file);
            }
        });
    }

    private static void assertClosedAtItsEnd(Exchange exchange) throws IOException {
        Path file = SpoolFile.of(exchange);
        SpooledBody body = (SpooledBody) exchange.getMessage().getBody();
        assertThat(body.read()).isNotNegative();
        assertThat(isOpen(file)).isTrue();

        body.transferTo(OutputStream.nullOutputStream());
        assertThat(isOpen(file)).isFalse();
        assertThat(body.read()).isNegative();

        body.reset();
        body.writeTo(OutputStream.nullOutputStream());
        assertThat(isOpen(file)).isFalse();

        body.reset();
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(TestPictures.large());
        assertThat(isOpen(file)).isFalse();
    }

    private static boolean isOpen(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file.toAbsolutePath());
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        }
    }
}
