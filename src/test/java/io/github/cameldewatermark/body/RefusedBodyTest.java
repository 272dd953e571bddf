package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be sent isn't: the message says why and names the file, and the balance stays as it was. */
class RefusedBodyTest {

    private static Sandbox sandbox;

    @TempDir
    Path folder;

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    static Stream<Arguments> noBodies() {
        return Stream.of(
                Arguments.of("/in/photo.jpg", "is a String"),
                Arguments.of(new Thread("a POJO"), "is a Thread"),
                Arguments.of(42L, "is a Long"),
                Arguments.of(null, "is empty"),
                Arguments.of(new byte[0], "is empty"),
                Arguments.of(ByteBuffer.allocate(0), "is empty"),
                Arguments.of(new ByteArrayInputStream(new byte[0]), "is empty"));
    }

    @ParameterizedTest
    @MethodSource("noBodies")
    void aBodyThatIsNoPictureIsRefusedByTheNameOfItsFile(Object body, String problem) throws Exception {
        assertRefused("erase", body, "photo.jpg " + problem);
    }

    @ParameterizedTest
    @MethodSource("noBodies")
    void aBodyThatIsNoClipIsRefusedByTheNameOfItsFile(Object body, String problem) throws Exception {
        assertRefused("video", body, "photo.jpg " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "video"})
    void aFolderIsRefused(String operation) throws Exception {
        Files.createDirectory(folder.resolve("photo.jpg"));

        assertRefused(operation, folder.resolve("photo.jpg"), "photo.jpg is not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "video"})
    void aFileThatIsGoneIsRefused(String operation) throws Exception {
        assertRefused(operation, folder.resolve("photo.jpg").toFile(), "photo.jpg does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "video"})
    void anEmptyFileIsRefused(String operation) throws Exception {
        assertRefused(operation, Files.createFile(folder.resolve("photo.jpg")), "photo.jpg is empty");
    }

    @Test
    void aTextFileNamedJpgIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.jpg"), "Dear customer, ...");

        assertRefused("erase", file, "letter.jpg is a text; put a picture in its place");
    }

    @Test
    void aJpegThatIsCutShortIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("half.jpg"), TestPictures.cutShort(jpeg()));

        assertRefused("erase", file, "half.jpg is a JPEG that was cut short");
    }

    @Test
    void aRefusedBodyStaysOnTheMessageWithItsHeaders() throws Exception {
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);

        Exchange exchange = context.start("dewatermark:erase").send(text, Map.of("order", 7));

        assertThat(exchange.getException()).isInstanceOf(DewatermarkInputException.class);
        assertThat(exchange.getMessage().getBody()).isEqualTo(text);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("order");
    }

    private void assertRefused(String operation, Object body, String message) throws Exception {
        BigDecimal balance = sandbox.balance();
        sandbox.requests().clear();

        DewatermarkInputException error = TestContext.failure(
                context.start("dewatermark:" + operation).send(body, Map.of(Exchange.FILE_NAME, "photo.jpg")),
                DewatermarkInputException.class);

        assertThat(error).hasMessageContaining(message).hasMessageEndingWith("Nothing was sent, nothing was charged.");
        assertThat(error.operation()).isEqualTo(operation);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isFalse();
        assertThat(sandbox.requests().all()).isEmpty();
        assertThat(sandbox.balance()).isEqualByComparingTo(balance);
    }
}
