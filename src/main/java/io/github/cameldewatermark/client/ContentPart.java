package io.github.cameldewatermark.client;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.core5.http.ContentType;

/** Sends a {@link Content}, whose length is known, as a file part of a multipart request. */
final class ContentPart extends AbstractContentBody {

    private final Content content;
    private final String filename;

    ContentPart(Content content, String filename, ContentType type) {
        super(type);
        this.content = content;
        this.filename = filename;
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
        ContentWriter.write(content, out);
    }
}
