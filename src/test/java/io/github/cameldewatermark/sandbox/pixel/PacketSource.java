package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** The encoded packets of a file's streams of one kind, in the file's order. */
final class PacketSource implements AutoCloseable {

    private final Path file;
    private final int mediaType;
    private final AVFormatContext input = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    /** By the input's stream number; {@code null}: not of the kind wanted. */
    private AVStream[] targets = {};

    /** @param mediaType which streams, one of ffmpeg's {@code AVMEDIA_TYPE_} constants */
    PacketSource(Path file, int mediaType) {
        this.file = file;
        this.mediaType = mediaType;
    }

    void open() throws IOException {
        String name = file.toAbsolutePath().toString();
        Ffmpeg.check(avformat.avformat_open_input(input, name, null, null), "open " + file.getFileName());
        Ffmpeg.check(avformat.avformat_find_stream_info(input, (PointerPointer<?>) null), "read " + file.getFileName());
    }

    /** Gives the output a stream for each of this source's. */
    void addStreamsTo(AVFormatContext output) throws IOException {
        targets = new AVStream[input.nb_streams()];
        for (int i = 0; i < targets.length; i++) {
            AVStream source = input.streams(i);
            if (source.codecpar().codec_type() == mediaType) {
                targets[i] = avformat.avformat_new_stream(output, null);
                Ffmpeg.check(
                        avcodec.avcodec_parameters_copy(targets[i].codecpar(), source.codecpar()), "copy a stream");
                // containers name codecs differently: 0 lets the output's choose
                targets[i].codecpar().codec_tag(0);
                targets[i].time_base(source.time_base());
            }
        }
    }

    /** The names of the codecs of the streams that were added. */
    String codecNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != null) {
                names.add(avcodec.avcodec_get_name(targets[i].codecpar().codec_id())
                        .getString());
            }
        }
        return String.join(", ", names);
    }

    /** Goes to the next packet; false at the end. */
    boolean next() throws IOException {
        while (true) {
            avcodec.av_packet_unref(packet);
            int result = avformat.av_read_frame(input, packet);
            if (result == avutil.AVERROR_EOF()) {
                return false;
            }
            Ffmpeg.check(result, "read " + file.getFileName());
            // a stream can turn up late, after the output's header is written
            if (packet.stream_index() < targets.length && targets[packet.stream_index()] != null) {
                return true;
            }
        }
    }

    boolean isBefore(PacketSource other) {
        return avutil.av_compare_ts(packet.dts(), timeBase(), other.packet.dts(), other.timeBase()) <= 0;
    }

    private AVRational timeBase() {
        return input.streams(packet.stream_index()).time_base();
    }

    void writeTo(AVFormatContext output) throws IOException {
        AVStream target = targets[packet.stream_index()];
        avcodec.av_packet_rescale_ts(packet, timeBase(), target.time_base());
        packet.stream_index(target.index());
        packet.pos(-1);
        Ffmpeg.check(avformat.av_interleaved_write_frame(output, packet), "write the clip");
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        if (!input.isNull()) {
            avformat.avformat_close_input(input);
        }
    }
}
