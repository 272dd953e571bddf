package io.github.cameldewatermark.image.mask;

import java.awt.Rectangle;
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
public final class MaskRegion {

    private static final String FORMS =
            "The forms are x,y,w,h such as 20,20,300,80 or 5%,88%,30%,10%, and anchor:wxh such"
                    + " as bottom-right:30%x12% or top-left:300x80, in px or in % of the picture; the anchors are "
                    + Anchor.names() + "; several are separated by ;";

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

    /** Returns the first rectangle, as it was written, that lies outside a picture of this size; {@code null} if none does. */
    String outside(int width, int height) {
        return parts.stream()
                .filter(part -> part.in(width, height).isEmpty())
                .map(Part::text)
                .findFirst()
                .orElse(null);
    }

    /** Returns the rectangles as they were written. */
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
                    Anchor.TOP_LEFT,
                    Length.parse(rectangle.group(1)),
                    Length.parse(rectangle.group(2)),
                    size(rectangle.group(3), text),
                    size(rectangle.group(4), text));
        }
        Matcher anchored = ANCHORED.matcher(form);
        if (anchored.matches()) {
            return new Part(
                    text.trim(),
                    anchor(anchored.group(1), text),
                    Length.NONE,
                    Length.NONE,
                    size(anchored.group(2), text),
                    size(anchored.group(3), text));
        }
        throw bad(text, "");
    }

    private static Anchor anchor(String name, String text) {
        return Arrays.stream(Anchor.values())
                .filter(anchor -> anchor.text().equals(name))
                .findFirst()
                .orElseThrow(() -> bad(text, ": there is no anchor " + name));
    }

    private static Length size(String form, String text) {
        Length size = Length.parse(form);
        if (size.value() == 0) {
            throw bad(text, ": it has no area");
        }
        return size;
    }

    private static IllegalArgumentException bad(String text, String problem) {
        return new IllegalArgumentException("'" + text.trim() + "' is no region" + problem + ". " + FORMS);
    }

    /** The point of the picture that a rectangle is aligned with. */
    private enum Anchor {
        TOP_LEFT(0, 0),
        TOP(0.5, 0),
        TOP_RIGHT(1, 0),
        LEFT(0, 0.5),
        CENTER(0.5, 0.5),
        RIGHT(1, 0.5),
        BOTTOM_LEFT(0, 1),
        BOTTOM(0.5, 1),
        BOTTOM_RIGHT(1, 1);

        /** The share of the free space that lies to the left of a rectangle (x) and above it (y). */
        private final double x;

        private final double y;

        Anchor(double x, double y) {
            this.x = x;
            this.y = y;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static String names() {
            return String.join(", ", Arrays.stream(values()).map(Anchor::text).toList());
        }
    }

    private record Length(double value, boolean percent) {
        static final Length NONE = new Length(0, false);

        static Length parse(String form) {
            return form.endsWith("%")
                    ? new Length(
                            Double.parseDouble(
                                    form.substring(0, form.length() - 1).trim()),
                            true)
                    : new Length(Double.parseDouble(form), false);
        }

        double of(int side) {
            return percent ? value * side / 100 : value;
        }
    }

    private record Part(String text, Anchor anchor, Length x, Length y, Length width, Length height) {

        Rectangle in(int pictureWidth, int pictureHeight) {
            double w = width.of(pictureWidth);
            double h = height.of(pictureHeight);
            double left = x.of(pictureWidth) + anchor.x * (pictureWidth - w);
            double top = y.of(pictureHeight) + anchor.y * (pictureHeight - h);
            return pixels(left, top, left + w, top + h).intersection(new Rectangle(pictureWidth, pictureHeight));
        }

        /** Returns all pixels that overlap the rectangle, so that the edge of a watermark doesn't remain. */
        private static Rectangle pixels(double left, double top, double right, double bottom) {
            int x = (int) Math.floor(left);
            int y = (int) Math.floor(top);
            return new Rectangle(x, y, (int) Math.ceil(right) - x, (int) Math.ceil(bottom) - y);
        }
    }
}
