package io.github.cameldewatermark.image.pixel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/** Writes baseline JPEGs: by default of high quality and without chroma subsampling (4:4:4). */
public final class JpegWriter {

    private static final float QUALITY = 0.95f;
    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private JpegWriter() {}

    public static void write(BufferedImage picture, OutputStream out) throws IOException {
        write(picture, null, out);
    }

    /**
     * Writes a JPEG with the quantization tables and the sampling of another JPEG.
     *
     * @param asIn the metadata of the other JPEG; {@code null} for the defaults
     */
    public static void write(BufferedImage picture, IIOMetadata asIn, OutputStream out) throws IOException {
        ImageWriter writer = ImageReaders.provider(ImageWriterSpi.class, "jpeg", ImageReaders.JDK)
                .createWriterInstance();
        try (ImageOutputStream through = new Through(out)) {
            ImageWriteParam how = null;
            IIOMetadata metadata = asIn;
            if (asIn == null) {
                how = writer.getDefaultWriteParam();
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
                metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), how);
                turnOffSubsampling(metadata);
            }
            writer.setOutput(through);
            writer.write(null, new IIOImage(picture, null, metadata), how);
        } finally {
            writer.dispose();
        }
    }

    /** By default, four pixels share one colour, which shows at the edge of a watermark. */
    private static void turnOffSubsampling(IIOMetadata metadata) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA);
        NodeList components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            IIOMetadataNode component = (IIOMetadataNode) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(METADATA, root);
    }

    /** Writes through at once: the JDK's streams buffer everything, for writers that seek back. */
    private static final class Through extends MemoryCacheImageOutputStream {
        Through(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            flushBefore(getStreamPosition());
        }
    }
}
