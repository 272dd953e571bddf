package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * One encoded packet of a clip's sound, read without the code under test.
 *
 * @param seconds when it is played
 * @param bytes   what the decoder gets
 */
record SoundPacket(double seconds, ByteBuffer bytes) {

    static List<SoundPacket> allOf(Path clip) throws IOException {
        AVFormatContext input = new AVFormatContext(null);
        Ffmpeg.check(avformat.avformat_open_input(input, clip.toString(), null, null), "open " + clip);
        AVPacket packet = avcodec.av_packet_alloc();
        try {
            Ffmpeg.check(avformat.avformat_find_stream_info(input, (PointerPointer<?>) null), "read " + clip);
            List<SoundPacket> packets = new ArrayList<>();
            while (avformat.av_read_frame(input, packet) >= 0) {
                var stream = input.streams(packet.stream_index());
                if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                    byte[] bytes = new byte[packet.size()];
                    packet.data().get(bytes);
                    double seconds = packet.pts() * avutil.av_q2d(stream.time_base());
                    packets.add(new SoundPacket(seconds, ByteBuffer.wrap(bytes)));
                }
                avcodec.av_packet_unref(packet);
            }
            return packets;
        } finally {
            avcodec.av_packet_free(packet);
            avformat.avformat_close_input(input);
        }
    }
}
