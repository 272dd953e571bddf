package io.github.cameldewatermark.testkit;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What another reader finds in a picture. */
public final class ReadMetadata {

    private final Metadata metadata;

    private ReadMetadata(Metadata metadata) {
        this.metadata = metadata;
    }

    public static ReadMetadata of(byte[] picture) {
        try {
            return new ReadMetadata(ImageMetadataReader.readMetadata(new ByteArrayInputStream(picture)));
        } catch (ImageProcessingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(Class<? extends Directory> kind) {
        return metadata.containsDirectoryOfType(kind);
    }

    /** The number of the tag; {@code null} if there is none. */
    public Integer orientation() {
        return get(ExifIFD0Directory.class).getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    }

    public String make() {
        return get(ExifIFD0Directory.class).getString(ExifDirectoryBase.TAG_MAKE);
    }

    public String copyright() {
        return get(ExifIFD0Directory.class).getString(ExifDirectoryBase.TAG_COPYRIGHT);
    }

    public String date() {
        return get(ExifSubIFDDirectory.class).getString(ExifDirectoryBase.TAG_DATETIME_ORIGINAL);
    }

    /** Width and height, as Exif says. */
    public String size() {
        ExifSubIFDDirectory exif = get(ExifSubIFDDirectory.class);
        return exif.getString(ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH) + "x"
                + exif.getString(ExifDirectoryBase.TAG_EXIF_IMAGE_HEIGHT);
    }

    public double latitude() {
        return get(GpsDirectory.class).getGeoLocation().getLatitude();
    }

    public String caption() {
        return get(IptcDirectory.class).getString(IptcDirectory.TAG_CAPTION);
    }

    /** A property of XMP, such as {@code dc:creator[1]}. */
    public String xmp(String property) {
        return get(XmpDirectory.class).getXmpProperties().get(property);
    }

    private <T extends Directory> T get(Class<T> kind) {
        T directory = metadata.getFirstDirectoryOfType(kind);
        if (directory == null) {
            throw new AssertionError("There is no " + kind.getSimpleName());
        }
        if (directory.hasErrors()) {
            throw new AssertionError(kind.getSimpleName() + ": " + directory.getErrors());
        }
        return directory;
    }
}
