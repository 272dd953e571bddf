package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever answers without end fills neither the heap nor the disk, and holds nobody up. */
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class EndlessAnswerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @EnumSource(
            value = ApiCall.class,
            names = {"CREDIT", "VIDEO_CREATE", "VIDEO_SUBMIT", "VIDEO_STATUS", "PDF_CREATE", "PDF_SUBMIT", "PDF_STATUS"
            })
    void aJsonAnswerHasABound(ApiCall call) throws Exception {
        assertThatThrownBy(() -> call(call, OK + CHUNKED, "{\"x\":\"", "x"))
                .isInstanceOf(DewatermarkTransportException.class)
                .hasMessageContaining("the JSON is longer than 1048576 bytes");
    }

    @ParameterizedTest
    @MethodSource("eraseAnswers")
    void anEraseAnswerHasABound(String begin) {
        assertThatIOException()
                .isThrownBy(() -> EraseAnswerReader.read(new Endless(begin), OutputStream.nullOutputStream()))
                .withMessage("the JSON is longer than 536870912 bytes");
    }

    /** Half a gigabyte each, counted in one place. */
    static List<String> eraseAnswers() {
        String picture = "{\"edited_image\":{\"image\":\"";
        return Thorough.ON ? List.of(picture, "{\"edited_image\":{\"mask\":\"", "{\"other\":1") : List.of(picture);
    }

    @Test
    void whatFollowsAnEraseAnswerIsNotWaitedFor() throws Exception {
        assertThat(call(ApiCall.ERASE, OK + CHUNKED, TestApi.eraseAnswer(new byte[300]), " "))
                .isInstanceOf(EraseAnswer.class);
    }

    @Test
    void theAnswerOfStorageToAnUploadIsNotReadToItsEnd() throws Exception {
        assertThat(call(ApiCall.VIDEO_UPLOAD, OK + CHUNKED, "", "x")).isEqualTo("uploaded");
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void anErrorIsNotReadToItsEnd(ApiCall call) {
        assertThatThrownBy(() -> call(call, "HTTP/1.1 404 Not Found\r\n" + CHUNKED, "no such thing", "x"))
                .isInstanceOf(DewatermarkRequestException.class)
                .hasMessageContaining("no such thing");
    }

    @ParameterizedTest
    @EnumSource(value = ApiCall.class, mode = Mode.EXCLUDE, names = "ERASE")
    void aHeadHasABound(ApiCall call) {
        assertThatThrownBy(() -> call(call, OK, "X: ", "x")).isInstanceOf(DewatermarkException.class);
        assertThatThrownBy(() -> call(call, OK, "", "X: x\r\n")).isInstanceOf(DewatermarkException.class);
    }

    private static Object call(ApiCall call, String head, String begin, String forEver) throws Exception {
        boolean chunked = head.endsWith(CHUNKED);
        byte[] piece = piece(forEver.repeat(8192), chunked);
        FakeServer.Script script = (connection, server) -> {
            FakeServer.answer(head
                            + (begin.isEmpty() ? "" : new String(piece(begin, chunked), StandardCharsets.ISO_8859_1)))
                    .play(connection, server);
            while (true) { // until the client goes away
                connection.getOutputStream().write(piece);
            }
        };
        try (FakeServer server = new FakeServer(script)) {
            return TestApi.call(call, server);
        }
    }

    private static byte[] piece(String text, boolean chunked) {
        String piece = chunked ? Integer.toHexString(text.length()) + "\r\n" + text + "\r\n" : text;
        return piece.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Its beginning, and then one letter for ever. */
    private static final class Endless extends InputStream {
        private final byte[] begin;
        private int position;

        Endless(String begin) {
            this.begin = begin.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            return position < begin.length ? begin[position++] : 'A';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 'A');
            int n = Math.min(length, begin.length - position);
            System.arraycopy(begin, position, bytes, offset, n);
            position += n;
            return length;
        }
    }
}
