package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.io.File;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.FileConstants;

/** A result in a temp file. Components that handle a file better than a stream, such as those for storage, can use the file. */
final class ResultFile extends SpooledBody implements WrappedFile<File> {

    private final Content.FileContent content;
    private final Move move;

    ResultFile(Content.FileContent content, Holders holders, Move move) {
        super(content, holders);
        this.content = content;
        this.move = move;
    }

    /** Adds the header that lets a file producer move the result to its target. */
    @Override
    Outcome outcome() {
        return super.outcome().header(FileConstants.FILE_LOCAL_WORK_PATH, move);
    }

    @Override
    SpooledBody copy(Holders all) {
        return new ResultFile(content, all, move);
    }

    boolean isMovedBy(Move other) {
        return move == other;
    }

    @Override
    public File getFile() {
        return content.file().toFile();
    }

    @Override
    public Object getBody() {
        return getFile();
    }

    @Override
    public long getFileLength() {
        return content.length();
    }
}
