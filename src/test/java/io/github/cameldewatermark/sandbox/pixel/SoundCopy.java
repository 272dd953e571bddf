package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerScope;

/** Puts the pictures of one file and the sound of another into an MP4, without decoding either. */
final class SoundCopy implements AutoCloseable {

    private final PacketSource pictures;
    private final PacketSource sound;
    private final AVFormatContext output = new AVFormatContext(null);

    private SoundCopy(Path pictures, Path sound) {
        this.pictures = new PacketSource(pictures, avutil.AVMEDIA_TYPE_VIDEO);
        this.sound = new PacketSource(sound, avutil.AVMEDIA_TYPE_AUDIO);
    }

    /** @throws IOException one of the files can't be read or written, or MP4 can't hold this kind of sound */
    @SuppressWarnings("try")
    static void join(Path pictures, Path sound, Path output) throws IOException {
        try (PointerScope scope = new PointerScope();
                SoundCopy copy = new SoundCopy(pictures, sound)) {
            copy.pictures.open();
            copy.sound.open();
            copy.open(output);
            copy.copyPackets();
            Ffmpeg.check(avformat.av_write_trailer(copy.output), "finish the clip");
        }
    }

    private void open(Path file) throws IOException {
        String name = file.toAbsolutePath().toString();
        Ffmpeg.check(avformat.avformat_alloc_output_context2(output, null, "mp4", name), "make an MP4");
        pictures.addStreamsTo(output);
        sound.addStreamsTo(output);
        AVIOContext io = new AVIOContext(null);
        Ffmpeg.check(avformat.avio_open(io, name, avformat.AVIO_FLAG_WRITE), "write " + file.getFileName());
        output.pb(io);
        Ffmpeg.check(
                avformat.avformat_write_header(output, (AVDictionary) null),
                "put this kind of sound (" + sound.codecNames() + ") into an MP4");
    }

    /** Takes the earlier packet first, so that the muxer needn't hold many back. */
    private void copyPackets() throws IOException {
        boolean morePictures = pictures.next();
        boolean moreSound = sound.next();
        while (morePictures || moreSound) {
            if (morePictures && (!moreSound || pictures.isBefore(sound))) {
                pictures.writeTo(output);
                morePictures = pictures.next();
            } else {
                sound.writeTo(output);
                moreSound = sound.next();
            }
        }
    }

    @Override
    public void close() {
        pictures.close();
        sound.close();
        if (!output.isNull()) {
            if (output.pb() != null) {
                avformat.avio_close(output.pb());
            }
            avformat.avformat_free_context(output);
        }
    }
}
