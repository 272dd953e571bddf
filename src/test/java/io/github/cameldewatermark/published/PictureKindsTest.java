package io.github.cameldewatermark.published;

import static io.github.cameldewatermark.testkit.PictureSamples.picture;
import static io.github.cameldewatermark.testkit.PictureSamples.written;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A folder with one picture of every kind: what happens to each. */
class PictureKindsTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    private final Map<String, List<String>> kinds = new LinkedHashMap<>();

    @Test
    void theTableSaysWhatHappensToEachKind(@TempDir Path folder) throws Exception {
        WIRE.answersWith(TestPictures.jpeg());
        try (TestContext context = TestContext.at(WIRE.baseUrl()).start("dewatermark:erase")) {
            for (Map.Entry<String, byte[]> sample : samples().entrySet()) {
                String[] label = sample.getKey().split(": ", 2);
                Path file = Files.write(folder.resolve(label[0]), sample.getValue());
                kinds.computeIfAbsent(outcome(context, file), outcome -> new ArrayList<>())
                        .add(label[1]);
            }
        }
        StringBuilder table = new StringBuilder(
                "[width=\"100%\",cols=\"3,4,2\",options=\"header\"]\n|===\n| What is in the folder | What happens | Name of the result\n");
        kinds.forEach((outcome, labels) -> table.append("| ")
                .append(String.join("; ", labels))
                .append(" | ")
                .append(outcome)
                .append('\n'));
        ReferenceTable.assertHas(
                "picture-kinds.adoc", "picture-kinds", table.append("|===\n").toString());
    }

    private static String outcome(TestContext context, Path file) throws Exception {
        WIRE.resetRequests();
        String name = file.getFileName().toString();
        Exchange exchange = context.send(file, Map.of(Exchange.FILE_NAME, name));
        if (exchange.getException() != null) {
            String message = TestContext.failure(exchange, DewatermarkInputException.class)
                    .getMessage();
            return "refused: it "
                    + message.substring(name.length() + 1).replace(". Nothing was sent, nothing was charged.", "")
                    + " | –";
        }
        byte[] sent = WIRE.parts().get("original_preview_image");
        BufferedImage picture = TestPictures.image(sent);
        return (Arrays.equals(sent, Files.readAllBytes(file))
                        ? "sent byte for byte"
                        : "sent as a JPEG of " + picture.getWidth() + " x " + picture.getHeight() + " px")
                + " | `"
                + exchange.getMessage()
                        .getHeader(Exchange.FILE_NAME, String.class)
                        .replaceFirst("^[^.]*", "photo")
                + "`";
    }

    /** By file name and label. */
    private static Map<String, byte[]> samples() {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        jpegs(samples);
        others(samples);
        bad(samples);
        return samples;
    }

    private static void jpegs(Map<String, byte[]> samples) {
        byte[] jpeg = PictureSamples.jpeg(picture(96, 64));
        samples.put("a.jpg: JPEG", jpeg);
        samples.put("b.jpg: progressive JPEG", PictureSamples.progressive(picture(96, 64)));
        samples.put("c.jpg: grey JPEG", PictureSamples.jpeg(picture(96, 64, BufferedImage.TYPE_BYTE_GRAY)));
        samples.put("d.jpg: JPEG with a colour profile", PictureSamples.profiled(jpeg, PictureSamples.linearProfile()));
        for (int orientation = 1; orientation <= 8; orientation++) {
            samples.put(
                    "e" + orientation + ".jpg: JPEG with the Exif orientation " + orientation,
                    PictureSamples.oriented(jpeg, orientation));
        }
        samples.put("f.jpg: JPEG with junk after its end", Arrays.copyOf(jpeg, jpeg.length + 5000));
        samples.put("g.jpg: JPEG of 1 x 1 px", PictureSamples.jpeg(picture(1, 1)));
        samples.put("h.jpg: JPEG of 5999 x 40 px", PictureSamples.jpeg(picture(5999, 40)));
        samples.put("i.jpg: JPEG of 6000 x 40 px", PictureSamples.jpeg(picture(6000, 40)));
        samples.put("j.jpg: JPEG of 6001 x 40 px", PictureSamples.jpeg(picture(6001, 40)));
        samples.put("k.jpg: JPEG of 20 000 x 150 px", PictureSamples.jpeg(picture(20_000, 150)));
        samples.put(
                "l.jpg: JPEG of 150 x 20 000 px with the Exif orientation 6",
                PictureSamples.oriented(PictureSamples.jpeg(picture(150, 20_000)), 6));
        samples.put("m.jpg: CMYK JPEG (with `imageio-jpeg`)", PictureSamples.cmykJpeg(96, 64));
    }

    private static void others(Map<String, byte[]> samples) {
        BufferedImage palette = picture(96, 64, BufferedImage.TYPE_BYTE_INDEXED);
        samples.put("a.png: PNG of 8 bits", written(picture(96, 64), "png"));
        samples.put("b.png: of 16 bits", written(PictureSamples.deep(96, 64), "png"));
        samples.put("c.png: with alpha", written(PictureSamples.halfTransparent(96, 64), "png"));
        samples.put("d.png: with a palette", written(palette, "png"));
        samples.put("e.png: interlaced", PictureSamples.interlaced(picture(96, 64)));
        samples.put("a.gif: GIF", written(palette, "gif"));
        samples.put("b.gif: GIF of several frames (the first)", PictureSamples.sequence("gif", palette, palette));
        samples.put("a.bmp: BMP", written(picture(96, 64), "bmp"));
        samples.put("a.tif: TIFF", written(picture(96, 64), "tiff"));
        samples.put("b.tif: TIFF of 16 bits", written(PictureSamples.deep(96, 64), "tiff"));
        samples.put("a.webp: WebP (with `imageio-webp`)", TestPictures.resource("/pictures/lossy.webp"));
        samples.put("b.webp: WebP, lossless or with alpha", TestPictures.resource("/pictures/alpha.webp"));
        samples.put("g.png: PNG of 20 000 x 150 px", written(picture(20_000, 150), "png"));
        samples.put("png.jpg: PNG that is named `.jpg`", written(picture(96, 64), "png"));
        samples.put("jpg.png: JPEG that is named `.png`", PictureSamples.jpeg(picture(96, 64)));
    }

    private static void bad(Map<String, byte[]> samples) {
        byte[] png = written(picture(96, 64), "png");
        byte[] corrupt = png.clone();
        corrupt[png.length / 2] ^= 0x55;
        samples.put("bomb.png: PNG of 60 000 x 60 000 px in 64 kB", PictureSamples.bomb(60_000, 60_000));
        samples.put("profile.png: PNG with a broken profile", PictureSamples.profiledPng(png, new byte[99]));
        samples.put("corrupt.png: PNG with a corrupt part", corrupt);
        samples.put("cut.png: cut PNG", TestPictures.cutShort(png));
        samples.put("cut.jpg: cut JPEG", TestPictures.cutShort(TestPictures.jpeg()));
        samples.put("cut.tif: cut TIFF", TestPictures.cutShort(written(picture(96, 64), "tiff")));
        samples.put("pages.tif: TIFF of several pages", PictureSamples.sequence("tiff", picture(9, 9), picture(9, 9)));
        samples.put("animated.webp: animated WebP", TestPictures.resource("/pictures/animated.webp"));
        samples.put("a.heic: HEIC", text("\0\0\0\u0018ftypheic\0\0\0\0"));
        samples.put("a.avif: AVIF", text("\0\0\0\u0018ftypavif\0\0\0\0"));
        samples.put("a.psd: Photoshop", text("8BPS\0\1"));
        samples.put("a.svg: SVG", text("<svg xmlns='http://www.w3.org/2000/svg'/>"));
        samples.put("a.pdf: PDF", text("%PDF-1.7"));
        samples.put("a.zip: ZIP", text("PK\3\4"));
        samples.put("clip.jpg: a clip", text("\0\0\0\u0018ftypisom\0\0\2\0"));
        samples.put("page.jpg: HTML", text("<!DOCTYPE html><html>Not found</html>"));
        samples.put("text.jpg: text", text("a text"));
        samples.put("any.jpg: anything else", text("\0\1\2\3"));
        samples.put("empty.jpg: zero bytes", new byte[0]);
    }

    private static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
