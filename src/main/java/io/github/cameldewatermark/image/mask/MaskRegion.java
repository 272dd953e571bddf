package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.Refusal;
import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rectangles in pictures of any size, written as {@code x,y,w,h} or {@code anchor:wxh}. Each value is in pixels or, followed
 * by {@code %}, in percent of the picture's width or height. Several rectangles are separated by {@code ;}.
 */
public final class MaskRegion implements Brush {

    /** The points of the picture that a rectangle can be aligned with: three rows of three. */
    private static final List<String> ANCHORS =
            List.of("top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right");

    private static final String FORMS =
            "The forms are x,y,w,h such as 20,20,300,80 or 5%,88%,30%,10%, and anchor:wxh such"
                    + " as bottom-right:30%x12% or top-left:300x80, in px or in % of the picture; the anchors are "
                    + String.join(", ", ANCHORS) + "; several are separated by ;";

    private static final String LENGTH = "\\s*(\\d{1,6}(?:\\.\\d{1,6})?\\s*%|\\d{1,6})\\s*";
    private static final Pattern RECTANGLE = Pattern.compile(String.join(",", LENGTH, LENGTH, LENGTH, LENGTH));
    private static final Pattern ANCHORED = Pattern.compile("\\s*([a-z-]+)\\s*:" + LENGTH + "x" + LENGTH);

    private final List<Part> parts;

    private MaskRegion(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Parses a text such as {@code bottom-right:30%x12%}.
     *
     * @throws IllegalArgumentException if the text has another form; the message shows the valid forms
     */
    public static MaskRegion parse(String text) {
        return new MaskRegion(
                Arrays.stream(text.split(";", -1)).map(MaskRegion::part).toList());
    }

    /** Returns the rectangles clipped to a picture of this size; a rectangle that lies outside becomes empty. */
    List<Rectangle> in(int width, int height) {
        return parts.stream().map(part -> part.in(width, height)).toList();
    }

    @Override
    public BrushMask mask(String picture, int width, int height) {
        for (Part part : parts) {
            if (part.in(width, height).isEmpty()) {
                throw Refusal.of(picture + " has " + width + " x " + height + " px, and " + part.text()
                        + " of the region is outside it");
            }
        }
        return BrushMask.of(width, height, in(width, height));
    }

    @Override
    public Content source() {
        return Content.of("the region", toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return parts.stream().map(Part::text).collect(Collectors.joining(";"));
    }

    private static Part part(String text) {
        String form = text.toLowerCase(Locale.ROOT);
        Matcher rectangle = RECTANGLE.matcher(form);
        if (rectangle.matches()) {
            return new Part(
                    text.trim(),
                    0,
                    Length.parse(rectangle.group(1)),
                    Length.parse(rectangle.group(2)),
                    size(rectangle.group(3), text),
                    size(rectangle.group(4), text));
        }
        Matcher anchored = ANCHORED.matcher(form);
        if (!anchored.matches()) {
            throw bad(text, "");
        }
        int anchor = ANCHORS.indexOf(anchored.group(1));
        if (anchor < 0) {
            throw bad(text, ": there is no anchor " + anchored.group(1));
        }
        Length none = new Length(0, false);
        return new Part(text.trim(), anchor, none, none, size(anchored.group(2), text), size(anchored.group(3), text));
    }

    private static Length size(String form, String text) {
        Length size = Length.parse(form);
        if (size.value() == 0) {
            throw bad(text, ": it has no area");
        }
        return size;
    }

    private static IllegalArgumentException bad(String text, String problem) {
        return new IllegalArgumentException("'" + text.trim() + "' is not a region" + problem + ". " + FORMS);
    }

    private record Length(double value, boolean percent) {

        static Length parse(String form) {
            return new Length(Double.parseDouble(form.replace("%", "").trim()), form.endsWith("%"));
        }

        double of(int side) {
            return percent ? value * side / 100 : value;
        }
    }

    private record Part(String text, int anchor, Length x, Length y, Length width, Length height) {

        /** Returns all pixels that overlap the rectangle, so that the edge of a watermark doesn't remain. */
        Rectangle in(int pictureWidth, int pictureHeight) {
            double w = width.of(pictureWidth);
            double h = height.of(pictureHeight);
            // of the free space, none, half or all lies to the left of the rectangle and above it
            double left = x.of(pictureWidth) + anchor % 3 / 2.0 * (pictureWidth - w);
            double top = y.of(pictureHeight) + anchor / 3 / 2.0 * (pictureHeight - h);
            int fromX = (int) Math.floor(left);
            int fromY = (int) Math.floor(top);
            return new Rectangle(fromX, fromY, (int) Math.ceil(left + w) - fromX, (int) Math.ceil(top + h) - fromY)
                    .intersection(new Rectangle(pictureWidth, pictureHeight));
        }
    }
}
