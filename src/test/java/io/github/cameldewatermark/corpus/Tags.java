package io.github.cameldewatermark.corpus;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.IOException;
import java.io.InputStream;

/** The tags of TIFF and Exif, as metadata-extractor reads them, that ffmpeg doesn't heed. */
record Tags(Metadata metadata) {

    private static final int PREDICTOR = 317;
    private static final int NONE = 1;
    private static final int JPEG = 7;
    private static final int PACK_BITS = 32_773;
    private static final int CMYK = 5;
    private static final int PLANES = 2;

    static Tags of(InputStream picture) throws IOException {
        try {
            return new Tags(ImageMetadataReader.readMetadata(picture));
        } catch (ImageProcessingException e) {
            return new Tags(new Metadata()); // broken metadata say nothing about the pixels
        }
    }

    private int get(int tag, int otherwise) {
        for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer value = directory.getInteger(tag);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }

    int orientation() {
        int orientation = get(ExifDirectoryBase.TAG_ORIENTATION, 1);
        return orientation < 1 || orientation > 8 ? 1 : orientation;
    }

    boolean isAlphaAssociated() {
        return get(ExifDirectoryBase.TAG_EXTRA_SAMPLES, 0) == 1;
    }

    /** @throws IOException it is one of those TIFFs that ffmpeg decodes to anything */
    void requireKnownTiff() throws IOException {
        int compression = get(ExifDirectoryBase.TAG_COMPRESSION, NONE);
        boolean plain = compression == NONE || compression == PACK_BITS;
        require(get(ExifDirectoryBase.TAG_TILE_WIDTH, 0) == 0, "tiles");
        require(compression != JPEG, "a JPEG");
        require(!plain || get(PREDICTOR, 1) == 1, "a predictor for nothing");
        require(
                get(ExifDirectoryBase.TAG_PHOTOMETRIC_INTERPRETATION, 0) != CMYK
                        || get(ExifDirectoryBase.TAG_PLANAR_CONFIGURATION, 1) != PLANES,
                "planes of CMYK");
    }

    private static void require(boolean known, String what) throws IOException {
        if (!known) {
            throw new IOException("it doesn't know " + what + " within a TIFF");
        }
    }
}
