package io.github.cameldewatermark.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** Sends a {@link Content} as the whole body of a request. */
final class ContentEntity extends AbstractHttpEntity {

    private final Content content;

    ContentEntity(Content content, ContentType type) {
        super(type, null);
        this.content = content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        ContentWriter.write(content, out);
    }

    @Override
    public InputStream getContent() throws IOException {
        return content.open();
    }

    @Override
    public long getContentLength() {
        return content.length();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {
        // nothing to close, because a stream is only open during writeTo
    }
}
