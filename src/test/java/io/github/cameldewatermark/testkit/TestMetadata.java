package io.github.cameldewatermark.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Metadata as cameras and programs put them into pictures, made by hand. */
public final class TestMetadata {

    public static final String MAKE = "Acme Cameras";
    public static final String DATE = "2026:05:04 03:02:01";
    public static final String COPYRIGHT = "(c) Ada";
    public static final String CREATOR = "Ada Lovelace";
    public static final String CAPTION = "A cup of coffee";

    /** The white-balance and such; positions in it are the maker's own business. */
    public static final byte[] MAKER_NOTE = "ACME\0\1\2\3 notes".getBytes(ISO_8859_1);

    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;

    private TestMetadata() {}

    private record Field(int tag, int type, int count, byte[] value) {}

    /**
     * An Exif block as a phone writes it: make, date, copyright, size, notes of the maker, place, and a small picture.
     *
     * @param orientation the number of the tag
     */
    public static byte[] exif(ByteOrder order, int orientation, byte[] thumbnail) {
        Block block = new Block(order);
        List<Field> exif = List.of(
                block.text(0x9003, DATE),
                new Field(0x927C, UNDEFINED, MAKER_NOTE.length, MAKER_NOTE),
                block.number(0xA002, LONG, 64),
                block.number(0xA003, LONG, 48));
        List<Field> gps = List.of(
                block.text(0x0001, "N"),
                block.rationals(0x0002, 51, 28, 40),
                block.text(0x0003, "W"),
                block.rationals(0x0004, 0, 0, 5));
        int main = 8;
        int exifAt = 200;
        int gpsAt = 400;
        int second = 600;
        int picture = 700;
        block.header(main);
        block.directory(
                main,
                List.of(
                        block.text(0x010F, MAKE),
                        block.number(0x0112, SHORT, orientation),
                        block.rationals(0x011A, 300),
                        block.text(0x0132, DATE),
                        block.text(0x8298, COPYRIGHT),
                        block.number(0x8769, LONG, exifAt),
                        block.number(0x8825, LONG, gpsAt)),
                second);
        block.directory(exifAt, exif, 0);
        block.directory(gpsAt, gps, 0);
        block.directory(
                second,
                List.of(
                        block.number(0x0103, SHORT, 6),
                        block.number(0x0201, LONG, picture),
                        block.number(0x0202, LONG, thumbnail.length)),
                0);
        return block.bytes(picture, thumbnail);
    }

    public static byte[] exif(int orientation) {
        return exif(ByteOrder.BIG_ENDIAN, orientation, TestPictures.jpeg(16, 12, 3));
    }

    /** A packet as Adobe's programs write it. */
    public static byte[] xmp(int orientation) {
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
                 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/"
                 tiff:Orientation="%d" xmpNote:HasExtendedXMP="0123456789ABCDEF0123456789ABCDEF">
                <dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
                <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Käffchen</rdf:li></rdf:Alt></dc:description>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>""".formatted(orientation, CREATOR).getBytes(UTF_8);
    }

    /** IPTC: its caption. */
    public static byte[] iptc() {
        ByteBuffer iptc = ByteBuffer.allocate(5 + CAPTION.length());
        iptc.put((byte) 0x1C).put((byte) 2).put((byte) 120).putShort((short) CAPTION.length());
        iptc.put(CAPTION.getBytes(ISO_8859_1));
        return iptc.array();
    }

    /** An image resource of Photoshop, with a name that is padded. */
    public static byte[] resource(int id, byte[] data) {
        ByteBuffer resource = ByteBuffer.allocate(14 + data.length + data.length % 2);
        resource.put("8BIM".getBytes(ISO_8859_1)).putShort((short) id);
        resource.put((byte) 2).put("ab\0".getBytes(ISO_8859_1));
        resource.putInt(data.length).put(data);
        return resource.array();
    }

    /** An ICC profile of Adobe RGB (1998), by its primaries: as strong a colour has smaller numbers than in sRGB. */
    public static byte[] wideProfile() {
        ByteBuffer profile = ByteBuffer.allocate(460);
        profile.putInt(0, profile.capacity()).putInt(8, 0x02400000);
        ascii(profile, 12, "mntrRGB XYZ ");
        ascii(profile, 36, "acsp").putInt(68, 0xF6D6).putInt(72, 0x10000).putInt(76, 0xD32D);
        profile.putInt(128, 9);
        ascii(profile, 240, "desc").putInt(248, 5);
        ascii(profile, 252, "wide");
        tag(profile, 0, "desc", 240, 95);
        ascii(profile, 336, "text");
        ascii(profile, 344, "none");
        tag(profile, 1, "cprt", 336, 13);
        xyz(profile, 2, "wtpt", 352, 0.9505, 1, 1.0891);
        xyz(profile, 3, "rXYZ", 372, 0.60974, 0.31111, 0.01947);
        xyz(profile, 4, "gXYZ", 392, 0.20528, 0.62567, 0.06087);
        xyz(profile, 5, "bXYZ", 412, 0.14919, 0.06322, 0.74457);
        ascii(profile, 432, "curv").putInt(440, 1).putShort(444, (short) 0x0233); // gamma 2.2
        tag(profile, 6, "rTRC", 432, 14);
        tag(profile, 7, "gTRC", 432, 14);
        tag(profile, 8, "bTRC", 432, 14);
        return profile.array();
    }

    private static void xyz(ByteBuffer profile, int i, String name, int at, double... numbers) {
        ascii(profile, at, "XYZ ");
        for (int j = 0; j < numbers.length; j++) {
            profile.putInt(at + 8 + 4 * j, (int) Math.round(numbers[j] * 65536));
        }
        tag(profile, i, name, at, 20);
    }

    private static ByteBuffer ascii(ByteBuffer profile, int at, String text) {
        return profile.put(at, text.getBytes(ISO_8859_1));
    }

    private static void tag(ByteBuffer profile, int i, String name, int at, int length) {
        ascii(profile, 132 + 12 * i, name).putInt(136 + 12 * i, at).putInt(140 + 12 * i, length);
    }

    /** A JPEG with segments put in where cameras have them: after the first one, which is that of JFIF. */
    public static byte[] withSegments(byte[] jpeg, byte[]... segments) {
        int at = 4 + (Byte.toUnsignedInt(jpeg[4]) << 8 | Byte.toUnsignedInt(jpeg[5]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, at);
        for (byte[] segment : segments) {
            out.writeBytes(segment);
        }
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    public static byte[] segment(int marker, String id, byte[] payload) {
        int length = 2 + id.length() + payload.length;
        ByteBuffer segment = ByteBuffer.allocate(2 + length);
        segment.put((byte) 0xFF).put((byte) marker).putShort((short) length);
        segment.put(id.getBytes(ISO_8859_1)).put(payload);
        return segment.array();
    }

    public static byte[] exifSegment(byte[] exif) {
        return segment(0xE1, "Exif\0\0", exif);
    }

    public static byte[] xmpSegment(byte[] xmp) {
        return segment(0xE1, "http://ns.adobe.com/xap/1.0/\0", xmp);
    }

    public static byte[] photoshopSegment(byte[] resources) {
        return segment(0xED, "Photoshop 3.0\0", resources);
    }

    public static byte[] profileSegment(int part, int parts, byte[] profile) {
        return segment(0xE2, "ICC_PROFILE\0" + (char) part + (char) parts, profile);
    }

    /** A TIFF structure under construction. */
    private static final class Block {
        private final ByteBuffer bytes;

        Block(ByteOrder order) {
            bytes = ByteBuffer.allocate(64 * 1024).order(order);
        }

        void header(int main) {
            boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
            bytes.putShort(0, (short) (little ? 0x4949 : 0x4D4D))
                    .putShort(2, (short) 42)
                    .putInt(4, main);
        }

        void directory(int at, List<Field> fields, int next) {
            bytes.putShort(at, (short) fields.size());
            int entry = at + 2;
            int values = at + 6 + 12 * fields.size();
            for (Field field : fields) {
                bytes.putShort(entry, (short) field.tag()).putShort(entry + 2, (short) field.type());
                bytes.putInt(entry + 4, field.count());
                if (field.value().length <= 4) {
                    bytes.put(entry + 8, field.value());
                } else {
                    bytes.putInt(entry + 8, values).put(values, field.value());
                    values += field.value().length + field.value().length % 2;
                }
                entry += 12;
            }
            bytes.putInt(entry, next);
        }

        byte[] bytes(int at, byte[] last) {
            bytes.put(at, last);
            byte[] all = new byte[at + last.length];
            bytes.get(0, all);
            return all;
        }

        Field text(int tag, String text) {
            return new Field(tag, ASCII, text.length() + 1, (text + "\0").getBytes(ISO_8859_1));
        }

        Field number(int tag, int type, int number) {
            ByteBuffer value = ByteBuffer.allocate(type == SHORT ? 2 : 4).order(bytes.order());
            return new Field(
                    tag, type, 1, (type == SHORT ? value.putShort((short) number) : value.putInt(number)).array());
        }

        Field rationals(int tag, int... numbers) {
            ByteBuffer value = ByteBuffer.allocate(8 * numbers.length).order(bytes.order());
            for (int number : numbers) {
                value.putInt(number).putInt(1);
            }
            return new Field(tag, RATIONAL, numbers.length, value.array());
        }
    }
}
