package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

/** Decodes a clip's pictures one after the other. Frames are valid until the next one is read. */
final class ClipReader implements AutoCloseable {

    /** Containers of clips; leaves out single pictures, text, and playlists, which would open other files. */
    private static final String CONTAINERS = "mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,asf";

    private final FFmpegFrameGrabber grabber;
    private final Path file;
    private long lastTimestamp;
    private boolean anyFrame;

    private ClipReader(FFmpegFrameGrabber grabber, Path file) {
        this.grabber = grabber;
        this.file = file;
    }

    /** @throws IOException the file isn't a clip with pictures */
    static ClipReader open(Path file) throws IOException {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
        grabber.setOption("format_whitelist", CONTAINERS);
        grabber.setOption("protocol_whitelist", "file");
        ClipReader reader = new ClipReader(grabber, file);
        try {
            grabber.start();
            if (!grabber.hasVideo() || grabber.getImageWidth() <= 0 || grabber.getImageHeight() <= 0) {
                throw new IOException("no pictures in it");
            }
            return reader;
        } catch (IOException e) {
            reader.close();
            throw new IOException("Not a clip: " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param  pixels whether they are wanted; decoding alone is several times faster
     * @return        {@code null} at the end; pixels are in the order blue, green, red
     */
    Frame next(boolean pixels) throws IOException {
        Frame frame = grabber.grabFrame(false, true, pixels, false, false);
        if (frame != null) {
            lastTimestamp = frame.timestamp;
            anyFrame = true;
        } else if (!anyFrame) {
            throw new IOException("Not a clip: no picture in " + file.getFileName() + " can be decoded");
        }
        return frame;
    }

    int width() {
        return grabber.getImageWidth();
    }

    int height() {
        return grabber.getImageHeight();
    }

    double framesPerSecond() {
        double rate = grabber.getVideoFrameRate();
        return rate > 0 && Double.isFinite(rate) ? rate : 25;
    }

    /** Of the pictures alone, in bits per second; 0 when the container doesn't say. */
    int bitrate() {
        return grabber.getVideoBitrate();
    }

    /** Width by height of one pixel; 0 when unknown. */
    double pixelAspect() {
        return grabber.getAspectRatio();
    }

    /** How a player turns the pictures, in degrees. */
    double rotation() {
        return grabber.getDisplayRotation();
    }

    boolean hasSound() {
        return grabber.hasAudio();
    }

    /** An estimate, at least 1. */
    int frames() {
        return (int) Math.max(1, Math.round(seconds() * framesPerSecond()));
    }

    /** The container's word for it; without one, what was read up to now. */
    double seconds() {
        long microseconds = grabber.getLengthInTime();
        return microseconds > 0 ? microseconds / 1e6 : lastTimestamp / 1e6 + 1 / framesPerSecond();
    }

    @Override
    public void close() throws IOException {
        grabber.close();
    }
}
