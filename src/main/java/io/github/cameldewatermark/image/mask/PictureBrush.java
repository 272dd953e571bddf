package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.header.Refusal;
import java.awt.Dimension;

/** A brush from a mask, a picture that is white where to erase. It fits pictures of the same shape. */
final class PictureBrush implements Brush {

    private final Content content;
    private final PictureInfo info;
    private final MaskReader.Marks kept;

    /** @param keep whether the mask is decoded once, now, rather than for each picture */
    PictureBrush(Content content, boolean keep) {
        this.content = content;
        this.info = ImageInspector.inspect(content);
        this.kept = keep ? read() : null;
    }

    @Override
    public BrushMask mask(String picture, int width, int height) {
        return marks(picture, width, height).mask().scaledTo(width, height);
    }

    /** A PNG of the right size is sent as it is, unless it has transparent pixels, whose handling isn't documented. */
    @Override
    public Content png(String picture, int width, int height) {
        MaskReader.Marks marks = marks(picture, width, height);
        boolean fits = info.format() == PictureFormat.PNG && info.width() == width && info.height() == height;
        return fits && marks.opaque()
                ? content
                : marks.mask().scaledTo(width, height).encoded(PictureFormat.PNG);
    }

    @Override
    public Dimension ownSize() {
        return new Dimension(info.width(), info.height());
    }

    @Override
    public long memory(int width, int height) {
        return Brush.super.memory(width, height) + (kept == null ? MaskReader.memory(content, info) : 0);
    }

    @Override
    public Content source() {
        return content;
    }

    private MaskReader.Marks marks(String picture, int width, int height) {
        if (!BrushMask.sameShape(info.width(), info.height(), width, height)) {
            throw Refusal.of(content.name() + " has " + info.width() + " x " + info.height()
                    + " px, which is a different shape from " + picture + " with " + width + " x " + height
                    + " px");
        }
        return kept == null ? read() : kept;
    }

    private MaskReader.Marks read() {
        MaskReader.Marks marks = MaskReader.read(content, info);
        if (marks.mask().isEmpty()) {
            throw Refusal.of(
                    content.name() + " marks nothing: what is to be erased must be white, and not transparent");
        }
        return marks;
    }
}
