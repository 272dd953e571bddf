package io.github.cameldewatermark.image.header;

import static io.github.cameldewatermark.image.header.TiffHeader.BITS;
import static io.github.cameldewatermark.image.header.TiffHeader.COMPRESSION;
import static io.github.cameldewatermark.image.header.TiffHeader.PACK_BITS;
import static io.github.cameldewatermark.image.header.TiffHeader.PROFILE;
import static io.github.cameldewatermark.image.header.TiffHeader.SAMPLES;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.image.container.TiffDirectory;
import java.io.IOException;
import java.util.Arrays;

/**
 * The layouts of a TIFF (TIFF 6.0) whose colours the decoder gets right, each of which a test proves with known colours. Decoders
 * don't fail for others, but give black, negative or tinted pictures.
 */
final class TiffColours {

    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int PREDICTOR = 317;
    private static final int INK_SET = 332;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;

    private static final int GREY_FROM_WHITE = 0;
    private static final int GREY = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;

    private final TiffDirectory directory;
    private final long colours;
    private final long samples;
    private final long bits;

    TiffColours(TiffDirectory directory) throws IOException {
        this.directory = directory;
        this.colours = directory.number(PHOTOMETRIC, -1);
        this.samples = directory.number(SAMPLES, 1);
        long[] all = directory.numbers(BITS);
        long first = all.length == 0 ? 1 : all[0];
        this.bits = Arrays.stream(all).allMatch(each -> each == first) ? first : -1;
    }

    /** Returns what about the colours isn't among what is proven; {@code null} if all is. */
    String unproven() throws IOException {
        if (!areProvenColours()) {
            return "with colours of kind " + colours + ", " + samples + " samples per pixel and "
                    + (bits < 0 ? "different bits" : bits + " bits") + " per sample";
        }
        if (Arrays.stream(directory.numbers(SAMPLE_FORMAT)).anyMatch(format -> format != 1)) {
            return "with signed or floating-point samples";
        }
        if (directory.number(FILL_ORDER, 1) != 1) {
            return "with bits from the lowest to the highest (FillOrder)";
        }
        if (colours == CMYK && directory.has(PROFILE) && !isProfileOfCmyk()) {
            return "with CMYK and a profile of other colours"; // the decoder would take black for an alpha channel
        }
        if (!isProvenCompression()) {
            return "with the compression " + compression() + " (predictor " + predictor() + ")";
        }
        return null;
    }

    private boolean areProvenColours() throws IOException {
        boolean whole = bits == 8 || bits == 16;
        boolean alone = samples == 1;
        return switch ((int) colours) {
            case GREY_FROM_WHITE -> alone && isPowerOfTwo();
            case GREY -> alone && isPowerOfTwo() || whole && samples == 2 && hasAlpha();
            case RGB -> whole && (samples == 3 || samples == 4 && hasAlpha());
            case PALETTE -> alone && isPowerOfTwo();
            case CMYK -> bits == 8 && samples == 4 && directory.number(INK_SET, 1) == 1;
            case YCBCR -> bits == 8 && samples == 3 && compression() == 7;
            default -> false;
        };
    }

    private boolean isPowerOfTwo() {
        return bits >= 1 && bits <= 16 && Long.bitCount(bits) == 1;
    }

    /** Whether the only extra sample is alpha, with colours that are multiplied by it or not. */
    private boolean hasAlpha() throws IOException {
        long[] extra = directory.numbers(EXTRA_SAMPLES);
        return extra.length == 1 && (extra[0] == 1 || extra[0] == 2);
    }

    /** Whether the profile says so in its header (ICC.1, section 7.2). */
    private boolean isProfileOfCmyk() throws IOException {
        TiffDirectory.Field profile = directory.field(PROFILE, PictureHeader.MAX_KEPT);
        return profile != null
                && profile.value().length > 20
                && new String(profile.value(), 16, 4, ISO_8859_1).equals("CMYK");
    }

    private boolean isProvenCompression() {
        return switch ((int) compression()) {
            case 1, PACK_BITS -> true; // none, and PackBits, ignore the predictor
            case 2, 3, 4 -> bits == 1 && colours <= GREY; // fax
            case 5, 8, 32_946 -> predictor() == 1 || predictor() == 2 && bits == 8; // LZW, deflate, deflate
            case 7 -> bits == 8 && (colours == GREY || colours == YCBCR); // JPEG
            default -> false;
        };
    }

    private long compression() {
        return directory.number(COMPRESSION, 1);
    }

    private long predictor() {
        return directory.number(PREDICTOR, 1);
    }
}
