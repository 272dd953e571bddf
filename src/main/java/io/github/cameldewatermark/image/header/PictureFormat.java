package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The format of a file by its first bytes, whatever its name: all kinds that people put into folders of pictures. */
public enum PictureFormat {
    JPEG("a JPEG", begins("\u00FF\u00D8\u00FF")),
    PNG("a PNG", begins("\u0089PNG\r\n\u001A\n")),
    GIF("a GIF", begins("GIF8")),
    BMP("a BMP", begins("BM").and(head -> !isText(head))),
    TIFF("a TIFF", begins("II*\0").or(begins("MM\0*"))),
    WEBP("a WebP", begins("RIFF").and(has(8, "WEBP"))),
    AVIF("an AVIF picture", PictureFormat.TO_JPEG, head -> hasBrand(head, "avif", "avis")),
    HEIC(
            "an HEIC picture, as taken by phones",
            "Java can't decode it, so convert it to JPEG first; phones have a setting to take JPEG",
            head -> hasBrand(head, "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1")),
    JPEG_XL("a JPEG XL picture", PictureFormat.TO_JPEG, begins("\u00FF\n").or(has(4, "JXL "))),
    JPEG_2000(
            "a JPEG 2000 picture",
            PictureFormat.TO_JPEG,
            begins("\u00FFO\u00FFQ").or(has(4, "jP  "))),
    BIG_TIFF(
            "a BigTIFF picture",
            "save it as an ordinary TIFF or JPEG first",
            begins("II+\0").or(begins("MM\0+"))),
    PSD("a Photoshop document", "export it as JPEG or PNG first", begins("8BPS")),
    PDF("a PDF document", "send it to dewatermark:pdf", begins("%PDF-")),
    CLIP("a clip", "send it to dewatermark:video", PictureFormat::isClip),
    ARCHIVE(
            "an archive or an office document",
            "unpack it first, or export its pictures",
            begins("PK\u0003\u0004")
                    .or(begins("\u001F\u008B"))
                    .or(begins("Rar!\u001A"))
                    .or(begins("7z\u00BC\u00AF"))
                    .or(begins("\u00FD7zXZ"))
                    .or(has(257, "ustar"))),
    SVG("an SVG drawing", "export it as PNG first", head -> isMarkup(head, "<svg")),
    HTML(
            "an HTML page",
            "perhaps an error page that was downloaded in place of the picture: get the picture itself",
            head -> isMarkup(head, "<html") || isMarkup(head, "<!doctype html")),
    TEXT("a text", "put a picture in its place", PictureFormat::isText),
    UNKNOWN("not a known kind of picture", PictureFormat.TO_JPEG, head -> true);

    private static final String TO_JPEG = "convert it to JPEG first";

    private static final int HEAD = 512;

    private final String label;
    private final String advice;
    private final Predicate<String> matches;

    /** A format that can be converted to JPEG. */
    PictureFormat(String label, Predicate<String> matches) {
        this(label, null, matches);
    }

    /** @param matches tests the first bytes of a file, each as a character */
    PictureFormat(String label, String advice, Predicate<String> matches) {
        this.label = label;
        this.advice = advice;
        this.matches = matches;
    }

    public static PictureFormat of(Content file) throws IOException {
        try (InputStream in = file.open()) {
            String head = new String(in.readNBytes(HEAD), ISO_8859_1);
            return Arrays.stream(values())
                    .filter(format -> format.matches.test(head))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    /** Returns the name of the format with an article, such as "a PNG picture", for messages. */
    public String description() {
        return isConvertible() ? label + " picture" : label;
    }

    public boolean isConvertible() {
        return advice == null;
    }

    /** Returns the short name with an article, such as "a PNG". */
    String label() {
        return label;
    }

    /** Returns what the user can do with such a file; {@code null} if it is convertible. */
    String advice() {
        return advice;
    }

    private static Predicate<String> begins(String magic) {
        return has(0, magic);
    }

    private static Predicate<String> has(int offset, String magic) {
        return head -> head.startsWith(magic, offset);
    }

    /** Whether this is an ISO base media file (ISO/IEC 14496-12) with one of these brands. */
    private static boolean hasBrand(String head, String... brands) {
        int brand = head.startsWith("mif1", 8) ? 16 : 8; // the structure, before what is in it
        return head.startsWith("ftyp", 4)
                && Stream.of(brands).anyMatch(name -> head.startsWith(name, 8) || head.startsWith(name, brand));
    }

    /** Whether this is MP4, MOV, Matroska, WebM, AVI, WMV, MPEG, FLV, Ogg or MXF. */
    private static boolean isClip(String head) {
        return !isText(head)
                && (Stream.of("ftyp", "moov", "mdat", "wide", "skip", "free").anyMatch(box -> head.startsWith(box, 4))
                        || Stream.of(
                                        "\u001AE\u00DF\u00A3",
                                        "0&\u00B2u\u008Ef\u00CF\u0011",
                                        "\0\0\u0001\u00BA",
                                        "\0\0\u0001\u00B3",
                                        "FLV\u0001",
                                        "OggS",
                                        "\u0006\u000E+4")
                                .anyMatch(head::startsWith)
                        || head.startsWith("RIFF") && head.startsWith("AVI ", 8)
                        || isTransportStream(head));
    }

    /** Packets of 188 bytes, which each begin with the same byte; in front of each there may be a time stamp. */
    private static boolean isTransportStream(String head) {
        return head.startsWith("G") && head.startsWith("G", 188) && head.startsWith("G", 376)
                || head.startsWith("G", 4) && head.startsWith("G", 196) && head.startsWith("G", 388);
    }

    private static boolean isMarkup(String head, String tag) {
        return isText(head) && head.toLowerCase(Locale.ROOT).contains(tag);
    }

    /** Whether there are no control characters, which binary formats have, apart from white space. */
    private static boolean isText(String head) {
        return !head.isEmpty()
                && head.charAt(0) != '\u00FF'
                && head.chars().noneMatch(c -> c < ' ' && "\n\r\t\f".indexOf(c) < 0);
    }
}
