package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** {@code GET} of a cleaned file by its signed URL, section "Download Signed URL"; whole or a range of it, also on a condition. */
record DownloadResource(Tasks tasks, Signature signature) implements Resource {

    @Override
    public Reply answer(Request request) throws IOException {
        Optional<Reply> refusal = signature.refuse(request, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Path file = tasks.store().result(tasks.kind().taskOfResult(request.path()));
        if (!Files.exists(file)) {
            return Reply.storageError(404, "NoSuchKey", "There is no such object");
        }
        long size = Files.size(file);
        String tag = tag(file);
        String condition = request.header("If-Range");
        boolean whole = condition != null && !condition.equals(tag);
        ByteRange range = ByteRange.parse(whole ? null : request.header("Range"), size);
        return switch (range.kind()) {
            case WHOLE -> piece(200, file, range, tag);
            case PART ->
                piece(206, file, range, tag)
                        .with("Content-Range", "bytes " + range.from() + "-" + range.last() + "/" + size);
            case OUTSIDE ->
                Reply.storageError(416, "InvalidRange", "The range is outside the object")
                        .with("Content-Range", "bytes */" + size);
        };
    }

    private Reply piece(int status, Path file, ByteRange range, String tag) {
        return Reply.of(status, tasks.kind().resultType(), new ReplyBody.FilePiece(file, range.from(), range.length()))
                .with("Accept-Ranges", "bytes")
                .with("ETag", tag);
    }

    /** Another one for another file in its place. */
    private static String tag(Path file) throws IOException {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        return "\"" + Long.toHexString(is.lastModifiedTime().toMillis()) + "-" + Long.toHexString(is.size()) + "\"";
    }
}
