package io.github.cameldewatermark.image.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The image resources of Photoshop, one of which is IPTC (section "Image Resource Blocks" of its file format). */
final class PhotoshopResources {

    private static final int SIGNATURE = 0x3842494D; // 8BIM
    private static final int IPTC = 0x0404;
    private static final int THUMBNAIL = 0x0409;
    private static final int NEWER_THUMBNAIL = 0x040C;

    private PhotoshopResources() {}

    /** Returns the resources without thumbnails, which still show the watermark, and up to the first broken resource. */
    static byte[] withoutThumbnails(byte[] resources) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(resources);
        try {
            while (in.remaining() >= 12 && in.getInt(in.position()) == SIGNATURE) {
                int start = in.position();
                int id = Short.toUnsignedInt(in.getShort(start + 4));
                int name = Byte.toUnsignedInt(in.get(start + 6));
                int data = start + 6 + even(name + 1);
                int length = in.getInt(data);
                if (length < 0 || length > in.limit() - data - 4) {
                    break;
                }
                int end = Math.min(in.limit(), data + 4 + even(length));
                if (id != THUMBNAIL && id != NEWER_THUMBNAIL) {
                    kept.write(resources, start, end - start);
                }
                in.position(end);
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            // the resources are cut off
        }
        return kept.toByteArray();
    }

    /** Returns IPTC data as an image resource. */
    static byte[] ofIptc(byte[] iptc) {
        ByteBuffer resource = ByteBuffer.allocate(12 + even(iptc.length));
        resource.putInt(SIGNATURE)
                .putShort((short) IPTC)
                .putShort((short) 0) // no name
                .putInt(iptc.length)
                .put(iptc);
        return resource.array();
    }

    private static int even(int length) {
        return length + length % 2;
    }
}
