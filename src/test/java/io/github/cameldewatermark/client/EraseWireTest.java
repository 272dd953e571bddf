package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The erase call byte by byte. */
class EraseWireTest {

    private static final byte[] CLEAN = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3, (byte) 0xFF, (byte) 0xD9};

    @AutoClose
    private final FakeServer server = FakeServer.json(TestApi.eraseAnswer(CLEAN));

    @AutoClose
    private final DewatermarkClient client = TestApi.client(server.url());

    @Test
    void theFirstCallSendsThePictureAndTheOptions() {
        erase(TestApi.erase());

        assertThat(requestLine()).isEqualTo("POST /api/object_removal/v2/erase_watermark HTTP/1.1");
        assertThat(head())
                .contains("X-API-KEY: " + TestApi.KEY)
                .contains("Accept: application/json")
                .noneMatch(line -> line.toLowerCase().startsWith("transfer-encoding"));
        assertThat(parts())
                .containsExactly(
                        "Content-Disposition: form-data; name=\"original_preview_image\";"
                                + " filename=\"original_preview_image.jpeg\"\r\nContent-Type: image/jpeg\r\n\r\n"
                                + "not really a picture",
                        text("remove_text", "false"),
                        text("predict_mode", "3.0"));
    }

    @Test
    void aLaterVersionIsThePathAndHasAnotherModel() {
        erase(new EraseRequest(
                Content.of("p", bytes("picture")), null, null, null, false, EraseModel.of("v3", null, false)));

        assertThat(requestLine()).isEqualTo("POST /api/object_removal/v3/erase_watermark HTTP/1.1");
        assertThat(parts())
                .containsExactly(
                        file("original_preview_image", "original_preview_image.jpeg", "image/jpeg", "picture"),
                        text("remove_text", "false"),
                        text("predict_mode", "4.0"));
    }

    @Test
    void theProModelGetsNothingButThePicture() {
        erase(new EraseRequest(
                Content.of("p", bytes("picture")), null, null, null, false, EraseModel.of("v3", null, true)));

        assertThat(requestLine()).isEqualTo("POST /api/object_removal/v1/erase_watermark_pro HTTP/1.1");
        assertThat(parts())
                .containsExactly(
                        file("original_preview_image", "original_preview_image.jpeg", "image/jpeg", "picture"));
    }

    @Test
    void theFirstRefinementSendsPictureAndBothMasks() {
        erase(new EraseRequest(
                Content.of("p", bytes("picture")),
                null,
                Content.of("b", bytes("base")),
                Content.of("n", bytes("brush")),
                true,
                EraseModel.of("v2", "old", false)));

        assertThat(parts())
                .containsExactly(
                        file("original_preview_image", "original_preview_image.jpeg", "image/jpeg", "picture"),
                        file("mask_base", "mask_base.jpeg", "image/jpeg", "base"),
                        file("mask_brush", "mask_brush.png", "image/png", "brush"),
                        text("remove_text", "true"),
                        text("predict_mode", "old"));
    }

    @Test
    void aLaterRefinementSendsTheSessionInPlaceOfThePicture() {
        erase(new EraseRequest(
                null,
                "s-2",
                Content.of("b", bytes("base")),
                Content.of("n", bytes("brush")),
                false,
                EraseModel.DEFAULT));

        assertThat(parts())
                .containsExactly(
                        text("session_id", "s-2"),
                        file("mask_base", "mask_base.jpeg", "image/jpeg", "base"),
                        file("mask_brush", "mask_brush.png", "image/png", "brush"),
                        text("remove_text", "false"),
                        text("predict_mode", "3.0"));
    }

    @Test
    void theNameOfTheFileIsNotSent() {
        erase(EraseRequest.automatic(Content.of("x\"\r\nX-Evil: 1\r\n.jpg", TestApi.PICTURE)));

        assertThat(server.requests().get(0)).doesNotContain("Evil");
    }

    @Test
    void theLengthIsExactAlsoForALargePicture() {
        byte[] picture = new byte[1_000_003];

        erase(EraseRequest.automatic(Content.of("large.jpg", picture)));

        // the server read as many bytes as were announced; with the closing boundary as the last of them, that's all
        assertThat(body()).endsWith("--" + boundary() + "--\r\n").hasSizeGreaterThan(1_000_003);
    }

    @Test
    void thePictureGoesToTheStreamAndTheRestToTheAnswer() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        EraseAnswer answer = client.erase(TestApi.erase(), out);

        assertThat(out.toByteArray()).isEqualTo(CLEAN);
        assertThat(answer.sessionId()).isEqualTo("s1");
        assertThat(answer.imageId()).isEqualTo("i1");
        assertThat(answer.eventId()).isEqualTo("e1");
        assertThat(answer.mask()).asString().isEqualTo("mask");
        assertThat(answer.watermarkMask()).isNull();
    }

    @Test
    void eitherAPictureOrASessionIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EraseRequest(null, null, null, null, false, EraseModel.DEFAULT));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new EraseRequest(Content.of("p", bytes("p")), "s", null, null, false, EraseModel.DEFAULT));
    }

    private void erase(EraseRequest request) {
        client.erase(request, new ByteArrayOutputStream());
        assertThat(server.requests()).hasSize(1);
    }

    private List<String> head() {
        return server.requests()
                .get(0)
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    private String requestLine() {
        return head().get(0);
    }

    private String body() {
        String request = server.requests().get(0);
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    private String boundary() {
        String type = head().stream()
                .filter(line -> line.startsWith("Content-Type: multipart/form-data; boundary="))
                .findFirst()
                .orElseThrow();
        return type.substring(type.indexOf('=') + 1);
    }

    private List<String> parts() {
        String[] pieces = body().split("--" + boundary(), -1);
        assertThat(pieces[0]).isEmpty();
        assertThat(pieces[pieces.length - 1]).isEqualTo("--\r\n");
        return Arrays.stream(pieces, 1, pieces.length - 1)
                .map(piece -> piece.substring(2, piece.length() - 2))
                .toList();
    }

    private static String file(String name, String filename, String type, String body) {
        return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename + "\"\r\nContent-Type: "
                + type + "\r\n\r\n" + body;
    }

    private static String text(String name, String body) {
        return "Content-Disposition: form-data; name=\"" + name
                + "\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + body;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
