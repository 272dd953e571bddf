package io.github.cameldewatermark.corpus;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * A picture as ffmpeg decodes it, which shares no code with the decoders of Java; its orientation is what metadata-extractor
 * finds. Its pixels are outside of the heap.
 */
final class FfmpegPicture implements AutoCloseable {

    private static final int OPAQUE = 0xFF;
    private static final int BMP_COMPRESSION = 30;

    static {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    }

    private final AVFrame decoded;
    private final int orientation;
    private final Alpha alpha;
    private AVFrame rgba;
    private int columns;
    private int rows;
    private ByteBuffer pixels;
    private ColorConvertOp toSrgb;
    private WritableRaster raw;
    private WritableRaster converted;

    private FfmpegPicture(AVFrame decoded, int orientation, Alpha alpha) {
        this.decoded = decoded;
        this.orientation = orientation;
        this.alpha = alpha;
    }

    /** @throws IOException ffmpeg can't decode it */
    static FfmpegPicture of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                InputStream metadata = Files.newInputStream(file)) {
            return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), metadata);
        }
    }

    /** @throws IOException ffmpeg can't decode it */
    static FfmpegPicture of(byte[] bytes) throws IOException {
        return of(ByteBuffer.wrap(bytes), new ByteArrayInputStream(bytes));
    }

    private static FfmpegPicture of(ByteBuffer bytes, InputStream metadata) throws IOException {
        int codec = codec(bytes);
        Tags tags = Tags.of(metadata);
        if (codec == avcodec.AV_CODEC_ID_TIFF) {
            tags.requireKnownTiff();
        }
        Alpha alpha = Alpha.SEPARATE;
        if (codec == avcodec.AV_CODEC_ID_BMP && bytes.limit() > BMP_COMPRESSION && bytes.get(BMP_COMPRESSION) == 0) {
            alpha = Alpha.NONE; // without masks, the fourth byte means nothing
        } else if (tags.isAlphaAssociated()) {
            alpha = Alpha.ASSOCIATED;
        }
        return new FfmpegPicture(decoded(bytes, codec), tags.orientation(), alpha);
    }

    private static AVFrame decoded(ByteBuffer bytes, int id) throws IOException {
        AVCodecContext codec = avcodec.avcodec_alloc_context3(avcodec.avcodec_find_decoder(id));
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame frame = avutil.av_frame_alloc();
        try {
            codec.thread_count(1);
            check(avcodec.avcodec_open2(codec, null, new AVDictionary(null)));
            check(avcodec.av_new_packet(packet, bytes.remaining()));
            packet.data().capacity(bytes.remaining()).asByteBuffer().put(bytes);
            check(avcodec.avcodec_send_packet(codec, packet));
            check(avcodec.avcodec_send_packet(codec, null));
            check(avcodec.avcodec_receive_frame(codec, frame));
            return frame;
        } catch (IOException e) {
            avutil.av_frame_free(frame);
            throw e;
        } finally {
            avcodec.av_packet_free(packet);
            avcodec.avcodec_free_context(codec);
        }
    }

    /** By the first bytes. ffmpeg's own search goes by names, too, some of which it takes for patterns of names. */
    private static int codec(ByteBuffer bytes) throws IOException {
        return switch (bytes.remaining() < 2 ? 0 : bytes.getShort(0) & 0xFFFF) {
            case 0xFFD8 -> avcodec.AV_CODEC_ID_MJPEG;
            case 0x8950 -> avcodec.AV_CODEC_ID_PNG;
            case 0x4749 -> avcodec.AV_CODEC_ID_GIF;
            case 0x424D -> avcodec.AV_CODEC_ID_BMP;
            case 0x4949, 0x4D4D -> avcodec.AV_CODEC_ID_TIFF;
            case 0x5249 -> avcodec.AV_CODEC_ID_WEBP;
            default -> throw new IOException("it is of another format");
        };
    }

    private static void check(int result) throws IOException {
        if (result < 0) {
            byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
            avutil.av_strerror(result, text, text.length);
            throw new IOException(new String(text, StandardCharsets.UTF_8).trim());
        }
    }

    int width() {
        return isTurned() ? decoded.height() : decoded.width();
    }

    int height() {
        return isTurned() ? decoded.width() : decoded.height();
    }

    private boolean isTurned() {
        return orientation > 4;
    }

    /** Returns the colour profile; {@code null} if there is none. */
    byte[] profile() {
        AVFrameSideData data = avutil.av_frame_get_side_data(decoded, avutil.AV_FRAME_DATA_ICC_PROFILE);
        if (data == null || data.isNull()) {
            return null;
        }
        byte[] profile = new byte[(int) data.size()];
        data.data().get(profile);
        return profile;
    }

    /**
     * Makes the pixels ready to be read, upright and in this size.
     *
     * @param profile what to convert the colours from; {@code null}: they stay as they are
     * @throws IOException that can't be done
     */
    void prepare(int width, int height, byte[] profile) throws IOException {
        columns = isTurned() ? height : width;
        rows = isTurned() ? width : height;
        boolean scaled = columns != decoded.width() || rows != decoded.height();
        AVPixFmtDescriptor kind = avutil.av_pix_fmt_desc_get(decoded.format());
        // ffmpeg stretches the colours of an odd side; its buffers have room for another column and row
        int besides = scaled ? 0 : -columns & (1 << kind.log2_chroma_w()) - 1;
        int below = scaled ? 0 : -rows & (1 << kind.log2_chroma_h()) - 1;
        rgba = avutil.av_frame_alloc();
        rgba.format(avutil.AV_PIX_FMT_RGBA);
        rgba.width(columns + besides);
        rgba.height(rows + below);
        check(avutil.av_frame_get_buffer(rgba, 0));
        scale(decoded.width() + besides, decoded.height() + below, scaled ? swscale.SWS_AREA : swscale.SWS_BICUBIC);
        pixels = rgba.data(0).capacity((long) rgba.linesize(0) * rgba.height()).asByteBuffer();
        ICC_ColorSpace space = profile == null ? null : space(profile);
        if (space != null) {
            raw = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, space.getNumComponents(), null);
            converted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, 3, null);
            toSrgb = new ColorConvertOp(space, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
        }
    }

    /** Returns what a profile says about the colours; {@code null} if it is one for other kinds of pictures. */
    private ICC_ColorSpace space(byte[] profile) throws IOException {
        ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
        if (space.getNumComponents() > 3) {
            throw new IOException("ffmpeg doesn't apply profiles of CMYK");
        }
        AVPixFmtDescriptor kind = avutil.av_pix_fmt_desc_get(decoded.format());
        boolean grey = kind.nb_components() <= 2 && (kind.flags() & avutil.AV_PIX_FMT_FLAG_PAL) == 0;
        return grey == (space.getNumComponents() == 1) ? space : null;
    }

    private void scale(int width, int height, int filter) throws IOException {
        SwsContext context = swscale.sws_alloc_context();
        try {
            context.src_w(width).src_h(height).src_format(decoded.format());
            context.dst_w(rgba.width()).dst_h(rgba.height()).dst_format(rgba.format());
            context.flags(filter | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT | swscale.SWS_FULL_CHR_H_INP);
            check(swscale.sws_init_context(context, null, null));
            check(swscale.sws_scale(
                    context, decoded.data(), decoded.linesize(), 0, height, rgba.data(), rgba.linesize()));
        } finally {
            swscale.sws_free_context(context);
        }
    }

    /** Reads red, green and blue of a row of the upright picture, as it looks on white. */
    void read(int y, int[] rgb) {
        int[] row = new int[rgb.length / 3 * 4];
        for (int x = 0; x < rgb.length / 3; x++) {
            int at = position(x, y);
            for (int c = 0; c < 4; c++) {
                row[4 * x + c] = pixels.get(at + c) & 0xFF;
            }
        }
        convert(row);
        for (int x = 0; x < rgb.length / 3; x++) {
            int opacity = alpha == Alpha.NONE ? OPAQUE : row[4 * x + 3];
            for (int c = 0; c < 3; c++) {
                int share = alpha == Alpha.ASSOCIATED ? row[4 * x + c] : row[4 * x + c] * opacity / OPAQUE;
                rgb[3 * x + c] = Math.min(OPAQUE, share + OPAQUE - opacity);
            }
        }
    }

    private int position(int x, int y) {
        int storedX = isTurned() ? y : x;
        int storedY = isTurned() ? x : y;
        if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
            storedX = columns - 1 - storedX;
        }
        if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
            storedY = rows - 1 - storedY;
        }
        return storedY * rgba.linesize(0) + 4 * storedX;
    }

    private void convert(int[] row) {
        if (toSrgb == null) {
            return;
        }
        for (int x = 0; x < raw.getWidth(); x++) {
            for (int c = 0; c < raw.getNumBands(); c++) {
                raw.setSample(x, 0, c, row[4 * x + c]);
            }
        }
        toSrgb.filter(raw, converted);
        for (int x = 0; x < raw.getWidth(); x++) {
            for (int c = 0; c < 3; c++) {
                row[4 * x + c] = converted.getSample(x, 0, c);
            }
        }
    }

    /** What the fourth sample of a pixel says. */
    private enum Alpha {
        NONE,
        SEPARATE,
        /** Colours are multiplied by it. */
        ASSOCIATED
    }

    @Override
    public void close() {
        avutil.av_frame_free(decoded);
        if (rgba != null) {
            avutil.av_frame_free(rgba);
        }
    }
}
