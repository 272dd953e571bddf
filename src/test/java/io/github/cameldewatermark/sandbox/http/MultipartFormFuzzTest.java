package io.github.cameldewatermark.sandbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cameldewatermark.sandbox.platform.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Any bytes for a request with a form: its parts can be read, or it is refused. The first line is the content type. */
class MultipartFormFuzzTest {

    private static final Path SPOOL = Path.of(System.getProperty("java.io.tmpdir"));

    @FuzzTest
    void aFormIsReadOrRefused(byte[] bytes) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf('\n');
        String type = "multipart/form-data; boundary=" + (end < 0 ? "x" : text.substring(0, end));
        byte[] body = text.substring(end + 1).getBytes(ISO_8859_1);
        MultipartForm.Context request = new MultipartForm.Context(type, body.length, new ByteArrayInputStream(body));
        try (MultipartForm form = MultipartForm.read(request, SPOOL)) {
            form.text("session_id");
            form.file("original_preview_image");
            form.fileOrBase64("mask_base");
        } catch (Refusal e) {
            // it says why
        }
    }
}
