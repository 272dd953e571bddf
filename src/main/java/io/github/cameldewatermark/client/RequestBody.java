package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.UnreadableContentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** The bodies of requests: forms, with the names of the API document for parts and files, and files as they are. */
final class RequestBody {

    /** Set explicitly, because the builder would add a charset, a parameter that this type doesn't have (RFC 7578). */
    private static final ContentType FORM_DATA = ContentType.create("multipart/form-data");

    private RequestBody() {}

    static HttpEntity erase(EraseRequest request) {
        MultipartEntityBuilder form = form();
        if (request.sessionId() != null) {
            form.addTextBody("session_id", request.sessionId(), ContentType.TEXT_PLAIN.withCharset("UTF-8"));
        } else {
            addFile(form, "original_preview_image", ".jpeg", request.image(), ContentType.IMAGE_JPEG);
        }
        addFile(form, "mask_base", ".jpeg", request.maskBase(), ContentType.IMAGE_JPEG);
        addBrush(form, request.maskBrush());
        if (!request.model().pro()) {
            form.addTextBody("remove_text", Boolean.toString(request.removeText()));
            form.addTextBody("predict_mode", request.model().predictMode());
        }
        return form.build();
    }

    static HttpEntity submit(String taskId, Content maskBrush) {
        MultipartEntityBuilder form = form().addTextBody("task_id", taskId);
        addBrush(form, maskBrush);
        return form.build();
    }

    static HttpEntity file(Content file, ContentType type) {
        return new EntityTemplate(file.length(), type, null, out -> write(file, out));
    }

    private static MultipartEntityBuilder form() {
        return MultipartEntityBuilder.create().setContentType(FORM_DATA);
    }

    private static void addBrush(MultipartEntityBuilder form, Content maskBrush) {
        addFile(form, "mask_brush", ".png", maskBrush, ContentType.IMAGE_PNG);
    }

    private static void addFile(
            MultipartEntityBuilder form, String part, String extension, Content content, ContentType type) {
        if (content != null) {
            form.addPart(part, new FilePart(part + extension, content, type));
        }
    }

    /**
     * Writes exactly the length that was announced. Fails if a file grows or shrinks meanwhile.
     *
     * @throws UnreadableContentException if the content can't be read, or has another length than announced
     * @throws IOException                if the connection fails
     */
    private static void write(Content content, OutputStream out) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        try (InputStream in = open(content)) {
            long left = content.length();
            for (int n = read(content, in, buffer); n >= 0; n = read(content, in, buffer)) {
                left -= n;
                if (left < 0) {
                    throw new UnreadableContentException(content.name() + " grew while it was being sent", null);
                }
                out.write(buffer, 0, n);
            }
            if (left > 0) {
                throw new UnreadableContentException(content.name() + " became shorter while it was being sent", null);
            }
        }
    }

    private static InputStream open(Content content) throws UnreadableContentException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UnreadableContentException(content.name() + " can't be read: " + e, e);
        }
    }

    private static int read(Content content, InputStream in, byte[] buffer) throws UnreadableContentException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new UnreadableContentException(content.name() + " can't be read: " + e, e);
        }
    }

    /** A file of a form. Unlike that of HttpClient, its length is known, whatever it comes from. */
    private static final class FilePart extends AbstractContentBody {

        private final String filename;
        private final Content content;

        FilePart(String filename, Content content, ContentType type) {
            super(type);
            this.filename = filename;
            this.content = content;
        }

        @Override
        public String getFilename() {
            return filename;
        }

        @Override
        public long getContentLength() {
            return content.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            write(content, out);
        }
    }
}
