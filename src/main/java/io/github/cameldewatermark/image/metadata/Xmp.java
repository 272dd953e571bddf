package io.github.cameldewatermark.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * Changes in an XMP packet only what would be wrong for a cleaned picture, without changing its length. The packet isn't
 * parsed, so properties that are written in an unusual form stay unchanged.
 */
final class Xmp {

    private static final Pattern ORIENTATION =
            Pattern.compile("(?<start>tiff:Orientation\\s*(?:=\\s*[\"']|>\\s*))[1-8](?=\\s*[\"'<])");

    /** Thumbnails, which still show the watermark, and the reference to extended XMP, which isn't carried over. */
    private static final Pattern PICTURES = Pattern.compile("<xmp:Thumbnails>(?s:.*?)</xmp:Thumbnails>"
            + "|\\sxmpNote:HasExtendedXMP\\s*=\\s*(?:\"[^\"]*\"|'[^']*')"
            + "|<xmpNote:HasExtendedXMP>[^<]*</xmpNote:HasExtendedXMP>");

    private Xmp() {}

    /**
     * Returns a packet without pictures.
     *
     * @param upright whether to set the orientation to upright, as in Exif
     */
    static byte[] adjusted(byte[] packet, boolean upright) {
        // each byte as a character, which is enough to search UTF-8 for ASCII texts
        String text = PICTURES.matcher(new String(packet, ISO_8859_1))
                .replaceAll(match -> " ".repeat(match.group().length()));
        String adjusted = upright ? ORIENTATION.matcher(text).replaceAll("${start}1") : text;
        return adjusted.getBytes(ISO_8859_1);
    }
}
