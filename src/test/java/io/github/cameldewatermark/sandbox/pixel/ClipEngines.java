package io.github.cameldewatermark.sandbox.pixel;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how clips are cleaned. */
public final class ClipEngines {

    private static final Logger LOG = LoggerFactory.getLogger(ClipEngines.class);

    private ClipEngines() {}

    /**
     * The engine that works on pixels where ffmpeg can be loaded; elsewhere one that passes clips on unchanged.
     *
     * @param secondsIfUnchanged how long the latter says every clip is
     */
    public static ClipEngine forThisPlatform(double secondsIfUnchanged) {
        return firstThatLoads(FfmpegClipEngine::new, secondsIfUnchanged);
    }

    static ClipEngine firstThatLoads(Supplier<ClipEngine> preferred, double secondsIfUnchanged) {
        try {
            return preferred.get();
        } catch (LinkageError e) {
            LOG.warn("Clips pass unchanged: ffmpeg can't be loaded on this platform: {}", e.toString());
            return new UnchangedClipEngine(secondsIfUnchanged);
        }
    }
}
