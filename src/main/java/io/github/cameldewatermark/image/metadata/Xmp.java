package io.github.cameldewatermark.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.image.header.Orientation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XMP packet, changed only where it would be wrong for a cleaned picture, and without changing its length. It isn't
 * parsed: what is not written as all programs write it stays.
 */
final class Xmp {

    private static final Pattern ORIENTATION =
            Pattern.compile("(tiff:Orientation\\s*(?:=\\s*[\"']|>\\s*))([1-8])(?=\\s*[\"'<])");
    private static final Pattern EXTENSION = Pattern.compile("\\sxmpNote:HasExtendedXMP\\s*=\\s*(?:\"[^\"]*\"|'[^']*')"
            + "|<xmpNote:HasExtendedXMP>[^<]*</xmpNote:HasExtendedXMP>");
    private static final Pattern THUMBNAILS = Pattern.compile("<xmp:Thumbnails>.*?</xmp:Thumbnails>", Pattern.DOTALL);

    /** Each byte a character: what is looked for is ASCII, in UTF-8 as well. */
    private String packet;

    Xmp(byte[] packet) {
        this.packet = new String(packet, ISO_8859_1);
    }

    byte[] bytes() {
        return packet.getBytes(ISO_8859_1);
    }

    /** As Exif says; the two must not disagree. */
    void setOrientation(Orientation orientation) {
        packet = ORIENTATION.matcher(packet).replaceAll("$1" + orientation.tag());
    }

    /** Without small pictures, which still have the watermark, and without the word that more follows, which doesn't. */
    void removePictures() {
        blank(THUMBNAILS);
        blank(EXTENSION);
    }

    private void blank(Pattern pattern) {
        packet = pattern.matcher(packet)
                .replaceAll(match ->
                        Matcher.quoteReplacement(" ".repeat(match.group().length())));
    }
}
