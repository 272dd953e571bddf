package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** {@code GET} of a cleaned video by its signed URL, section "Download Signed URL"; whole or a range of it, also on a condition. */
record DownloadResource(Platform platform, Signature signature) implements Resource {

    private static final String VIDEO = "video/mp4";

    @Override
    public Reply answer(Request request) throws IOException {
        Optional<Reply> refusal = signature.refuse(request, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Path clip = platform.store().result(Platform.taskOfResult(request.path()));
        if (!Files.exists(clip)) {
            return Reply.storageError(404, "NoSuchKey", "There is no such object");
        }
        long size = Files.size(clip);
        String tag = tag(clip);
        String condition = request.header("If-Range");
        boolean whole = condition != null && !condition.equals(tag);
        ByteRange range = ByteRange.parse(whole ? null : request.header("Range"), size);
        return switch (range.kind()) {
            case WHOLE -> piece(200, clip, range, tag);
            case PART ->
                piece(206, clip, range, tag)
                        .with("Content-Range", "bytes " + range.from() + "-" + range.last() + "/" + size);
            case OUTSIDE ->
                Reply.storageError(416, "InvalidRange", "The range is outside the object")
                        .with("Content-Range", "bytes */" + size);
        };
    }

    private static Reply piece(int status, Path clip, ByteRange range, String tag) {
        return Reply.of(status, VIDEO, new ReplyBody.FilePiece(clip, range.from(), range.length()))
                .with("Accept-Ranges", "bytes")
                .with("ETag", tag);
    }

    /** Another one for another clip in its place. */
    private static String tag(Path clip) throws IOException {
        BasicFileAttributes file = Files.readAttributes(clip, BasicFileAttributes.class);
        return "\"" + Long.toHexString(file.lastModifiedTime().toMillis()) + "-" + Long.toHexString(file.size()) + "\"";
    }
}
