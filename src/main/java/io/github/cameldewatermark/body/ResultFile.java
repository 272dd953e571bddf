package io.github.cameldewatermark.body;

import java.io.File;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.FileConstants;

/** A result in a temp file. Components that handle a file better than a stream, such as those for storage, can use the file. */
final class ResultFile extends SpooledBody implements WrappedFile<File> {

    private final TempFile.TempContent content;
    private final Move move;

    ResultFile(TempFile.TempContent content, Move move) {
        super(content);
        this.content = content;
        this.move = move;
    }

    /** Adds the header that lets a file producer move the result to its target. */
    @Override
    public Map<String, Object> headers() {
        return Map.of(FileConstants.FILE_LOCAL_WORK_PATH, move);
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new ResultFile(content, move);
    }

    boolean isMovedBy(Move other) {
        return move == other;
    }

    @Override
    public File getFile() {
        return new Held(content.temp());
    }

    @Override
    public Object getBody() {
        return getFile();
    }

    @Override
    public long getFileLength() {
        return content.length();
    }

    /** The file as a body of its own: whoever has only this one has the result. */
    private static final class Held extends File {
        private static final long serialVersionUID = 1L;

        private final transient TempFile temp;

        Held(TempFile temp) {
            super(temp.path().toString());
            this.temp = temp;
        }
    }
}
