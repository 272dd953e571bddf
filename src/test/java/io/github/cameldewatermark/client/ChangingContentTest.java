package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that change between the look at their length and the sending. */
class ChangingContentTest {

    @TempDir
    Path folder;

    @AutoClose
    private final FakeServer server = FakeServer.json(TestApi.eraseAnswer(TestApi.PICTURE));

    @AutoClose
    private final DewatermarkClient client = TestApi.client(server.url());

    @Test
    void aFileThatStaysAsItIsIsSent() throws Exception {
        Path file = file(70_000);
        Content content = Content.of(file);

        assertThat(content.name()).isEqualTo("photo.jpg");
        assertThat(content.length()).isEqualTo(70_000);
        assertThat(client.erase(EraseRequest.automatic(content), new ByteArrayOutputStream())
                        .sessionId())
                .isEqualTo("s1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32 * 1024 - 1, 32 * 1024, 100_000})
    void aFileThatGrowsIsNotSent(int length) throws Exception {
        Path file = file(length);
        Content content = Content.of(file);
        Files.write(file, new byte[length + 1]);

        assertNotSent(content, "photo.jpg grew while it was being sent; nothing was charged");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32 * 1024, 32 * 1024 + 1, 100_000})
    void aFileThatShrinksIsNotSent(int length) throws Exception {
        Path file = file(length);
        Content content = Content.of(file);
        Files.write(file, new byte[length - 1]);

        assertNotSent(content, "photo.jpg became shorter while it was being sent; nothing was charged");
    }

    @Test
    void aFileThatVanishesIsNotSent() throws Exception {
        Path file = file(100);
        Content content = Content.of(file);
        Files.delete(file);

        assertNotSent(content, "photo.jpg can't be read: java.nio.file.NoSuchFileException");
    }

    @Test
    void aDiskThatFailsWhileReadingIsNotTakenForTheConnection() {
        assertNotSent(failing(), "photo.jpg can't be read: java.io.IOException: the disk is gone; nothing was charged");
    }

    @Test
    void aClipThatChangesIsTheInputsFaultToo() {
        DewatermarkInputException e = catchThrowableOfType(DewatermarkInputException.class, () -> client.video()
                .upload(URI.create(server.url() + "/b/c"), failing()));

        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.operation()).isEqualTo("video upload");
    }

    @Test
    void aMaskThatChangesIsTheInputsFaultToo() {
        EraseRequest request =
                new EraseRequest(Content.of("p", TestApi.PICTURE), null, null, failing(), false, EraseModel.DEFAULT);

        assertThat(catchThrowableOfType(
                        DewatermarkInputException.class, () -> client.erase(request, new ByteArrayOutputStream())))
                .isNotNull();
    }

    @Test
    void contentCanBeReadAgain() throws Exception {
        for (Content content : new Content[] {Content.of(file(10)), Content.of("x", new byte[10])}) {
            for (int i = 0; i < 2; i++) {
                try (InputStream in = content.open()) {
                    assertThat(in.readAllBytes()).hasSize(10);
                }
            }
        }
    }

    private void assertNotSent(Content content, String message) {
        DewatermarkInputException e = catchThrowableOfType(
                DewatermarkInputException.class,
                () -> client.erase(EraseRequest.automatic(content), new ByteArrayOutputStream()));

        assertThat(e).isNotNull().hasMessageStartingWith(message);
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isFalse();
        assertThat(e.operation()).isEqualTo("erase");
        // "not charged" holds only because the server never got a complete form
        assertThat(server.requests()).noneMatch(request -> request.endsWith("--\r\n"));
    }

    private Path file(int length) throws IOException {
        return Files.write(folder.resolve("photo.jpg"), new byte[length]);
    }

    /** Fails after its first bytes. */
    private static Content failing() {
        return new TestContent(
                "photo.jpg",
                100_000,
                before -> new SequenceInputStream(new ByteArrayInputStream(new byte[40_000]), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }
                }));
    }
}
