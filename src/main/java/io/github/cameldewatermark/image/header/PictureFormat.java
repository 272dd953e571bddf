package io.github.cameldewatermark.image.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The format of a file by its first bytes, whatever its name: all kinds that people put into folders of pictures. */
public enum PictureFormat {
    JPEG("a JPEG", Head.begins(0xFF, 0xD8, 0xFF)),
    PNG("a PNG", Head.begins(0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)),
    GIF("a GIF", Head.begins('G', 'I', 'F', '8')),
    BMP("a BMP", Head.begins('B', 'M').and(head -> !head.isText())),
    TIFF("a TIFF", Head.begins('I', 'I', 0x2A, 0).or(Head.begins('M', 'M', 0, 0x2A))),
    WEBP("a WebP", Head.text(0, "RIFF").and(Head.text(8, "WEBP"))),
    AVIF("an AVIF picture", Advice.TO_JPEG, head -> head.hasBrand(Set.of("avif", "avis"))),
    HEIC(
            "an HEIC picture, as phones take them",
            "Java can't decode it, so convert it to JPEG before; phones have a setting to take JPEG",
            head -> head.hasBrand(Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"))),
    JPEG_XL("a JPEG XL picture", Advice.TO_JPEG, Head.begins(0xFF, 0x0A).or(Head.text(4, "JXL "))),
    JPEG_2000(
            "a JPEG 2000 picture",
            Advice.TO_JPEG,
            Head.begins(0xFF, 0x4F, 0xFF, 0x51).or(Head.text(4, "jP  "))),
    BIG_TIFF(
            "a BigTIFF picture",
            "save it as an ordinary TIFF or JPEG before",
            Head.begins('I', 'I', 0x2B, 0).or(Head.begins('M', 'M', 0, 0x2B))),
    PSD("a Photoshop document", "export it as JPEG or PNG before", Head.text(0, "8BPS")),
    PDF("a PDF document", "export its pages as pictures before", Head.text(0, "%PDF-")),
    CLIP("a clip", "send it to dewatermark:video", Head::isClip),
    ZIP("a ZIP archive or an office document", "unpack it before, or export its pictures", Head.begins('P', 'K', 3, 4)),
    SVG("an SVG drawing", "export it as PNG before", head -> head.isMarkup("<svg")),
    HTML(
            "an HTML page",
            "perhaps an error page that was downloaded in place of the picture: get the picture itself",
            head -> head.isMarkup("<html") || head.isMarkup("<!doctype html")),
    TEXT("no picture but a text", "put a picture in its place", Head::isText),
    UNKNOWN("no picture that is known here", Advice.TO_JPEG, head -> true);

    /** How many bytes are enough to recognise a format. */
    public static final int HEAD = 512;

    private final String label;
    private final String advice;
    private final Predicate<Head> matches;

    /** A format that can be converted to JPEG. */
    PictureFormat(String label, Predicate<Head> matches) {
        this(label, null, matches);
    }

    PictureFormat(String label, String advice, Predicate<Head> matches) {
        this.label = label;
        this.advice = advice;
        this.matches = matches;
    }

    /** Returns the name of the format with an article, such as "a PNG picture", for messages. */
    public String description() {
        return isConvertible() ? label + " picture" : label;
    }

    /** Whether it is JPEG or can be converted to JPEG. */
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

    public static PictureFormat of(byte[] head) {
        Head first = new Head(head);
        return Arrays.stream(values())
                .filter(format -> format.matches.test(first))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static final class Advice {
        static final String TO_JPEG = "convert it to JPEG before";
    }

    /** The first bytes of a file. */
    private record Head(byte[] bytes) {

        static Predicate<Head> begins(int... magic) {
            return head -> {
                for (int i = 0; i < magic.length; i++) {
                    if (i >= head.bytes.length || (head.bytes[i] & 0xFF) != magic[i]) {
                        return false;
                    }
                }
                return true;
            };
        }

        static Predicate<Head> text(int offset, String text) {
            return head -> head.text(offset, text.length()).equals(text);
        }

        /** Whether this is an ISO base media file (ISO/IEC 14496-12) with one of these brands. */
        boolean hasBrand(Set<String> brands) {
            return text(4, 4).equals("ftyp")
                    && (brands.contains(text(8, 4)) || text(8, 4).equals("mif1") && brands.contains(text(16, 4)));
        }

        /** Whether this is MP4, MOV, Matroska, WebM or AVI. */
        boolean isClip() {
            boolean movie = Set.of("ftyp", "moov", "mdat", "wide").contains(text(4, 4));
            return movie
                    || begins(0x1A, 0x45, 0xDF, 0xA3).test(this)
                    || text(0, 4).equals("RIFF") && text(8, 4).equals("AVI ");
        }

        boolean isMarkup(String tag) {
            return isText() && text(0, HEAD).toLowerCase(Locale.ROOT).contains(tag);
        }

        /** Whether there are no control characters, which binary formats have, apart from white space. */
        boolean isText() {
            for (byte b : bytes) {
                if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                    return false;
                }
            }
            return bytes.length > 0 && bytes[0] != (byte) 0xFF;
        }

        private String text(int offset, int length) {
            int from = Math.min(offset, bytes.length);
            int to = Math.min(offset + length, bytes.length);
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
