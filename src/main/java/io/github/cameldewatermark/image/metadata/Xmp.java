package io.github.cameldewatermark.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.image.header.Orientation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XMP packet, in which only what would be wrong for a cleaned picture is changed, without changing its length. The packet
 * isn't parsed, so properties that are written in an unusual form stay unchanged.
 */
final class Xmp {

    private static final Pattern ORIENTATION =
            Pattern.compile("(tiff:Orientation\\s*(?:=\\s*[\"']|>\\s*))([1-8])(?=\\s*[\"'<])");
    private static final Pattern EXTENSION = Pattern.compile("\\sxmpNote:HasExtendedXMP\\s*=\\s*(?:\"[^\"]*\"|'[^']*')"
            + "|<xmpNote:HasExtendedXMP>[^<]*</xmpNote:HasExtendedXMP>");
    private static final Pattern THUMBNAILS = Pattern.compile("<xmp:Thumbnails>.*?</xmp:Thumbnails>", Pattern.DOTALL);

    /** The packet with each byte as a character, which is enough to search UTF-8 for ASCII texts. */
    private String packet;

    Xmp(byte[] packet) {
        this.packet = new String(packet, ISO_8859_1);
    }

    byte[] bytes() {
        return packet.getBytes(ISO_8859_1);
    }

    /** Sets the orientation to the same value as in Exif. */
    void setOrientation(Orientation orientation) {
        packet = ORIENTATION.matcher(packet).replaceAll("$1" + orientation.tag());
    }

    /** Removes thumbnails, which still show the watermark, and the reference to extended XMP, which isn't carried over. */
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
