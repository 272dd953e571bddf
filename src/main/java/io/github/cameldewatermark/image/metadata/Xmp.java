package io.github.cameldewatermark.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.regex.Matcher;
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

    private static final Pattern NAMESPACE =
            Pattern.compile("\\sxmlns:(?<prefix>[\\w-]{1,32})\\s*=\\s*[\"'](?<name>[^\"']{1,128})[\"']");

    /**
     * The properties that say which parts a file has besides its picture, such as a clip, a depth map or a gain map, by their
     * namespaces. These parts aren't carried over.
     */
    private static final Map<String, String> OF_OTHER_PARTS = Map.of(
            "http://ns.google.com/photos/1.0/camera/", "(?:Micro|Motion)\\w*",
            "http://ns.google.com/photos/1.0/container/", "\\w+",
            "http://ns.google.com/photos/1.0/container/item/", "\\w+",
            "http://ns.google.com/photos/dd/1.0/device/", "\\w+",
            "http://ns.google.com/photos/1.0/image/", "\\w+",
            "http://ns.google.com/photos/1.0/audio/", "\\w+",
            "http://ns.google.com/photos/1.0/depthmap/", "\\w+",
            "http://ns.adobe.com/hdr-gain-map/1.0/", "\\w+",
            "http://ns.apple.com/HDRGainMap/1.0/", "\\w+");

    private Xmp() {}

    /**
     * Returns a packet without pictures, and without what it says of parts that aren't carried over.
     *
     * @param upright whether to set the orientation to upright, as in Exif
     */
    static byte[] adjusted(byte[] packet, boolean upright) {
        // each byte as a character, which is enough to search UTF-8 for ASCII texts
        String text = blanked(PICTURES, new String(packet, ISO_8859_1));
        Matcher namespace = NAMESPACE.matcher(text);
        String adjusted = text;
        while (namespace.find()) {
            String properties = OF_OTHER_PARTS.get(namespace.group("name"));
            if (properties != null) {
                adjusted = withoutProperties(namespace.group("prefix") + ":(?:" + properties + ")", adjusted);
            }
        }
        adjusted = upright ? ORIENTATION.matcher(adjusted).replaceAll("${start}1") : adjusted;
        return adjusted.getBytes(ISO_8859_1);
    }

    /** Blanks properties out, whether they are attributes, empty elements, or elements with content. */
    private static String withoutProperties(String name, String text) {
        Pattern small =
                Pattern.compile("\\s" + name + "\\s*=\\s*(?:\"[^\"]*\"|'[^']*')" + "|<" + name + "(?:\\s[^<>]*)?/>");
        StringBuilder adjusted = new StringBuilder(blanked(small, text));
        Matcher start = Pattern.compile("<(?<name>" + name + ")(?:\\s[^<>]*)?>").matcher(adjusted.toString());
        int from = 0;
        while (start.find(from)) {
            String end = "</" + start.group("name") + ">";
            // not by the pattern: for a malicious packet, it would take long to look for an end that isn't there
            int at = adjusted.indexOf(end, start.end());
            from = at < 0 ? start.end() : at + end.length();
            if (at >= 0) {
                adjusted.replace(start.start(), from, " ".repeat(from - start.start()));
            }
        }
        return adjusted.toString();
    }

    private static String blanked(Pattern pattern, String text) {
        return pattern.matcher(text)
                .replaceAll(match -> " ".repeat(match.group().length()));
    }
}
