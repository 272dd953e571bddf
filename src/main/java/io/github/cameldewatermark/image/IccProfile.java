package io.github.cameldewatermark.image;

import io.github.cameldewatermark.client.Content;
import java.awt.color.CMMException;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;

/** The colour profile that a picture brings along (ICC.1). */
final class IccProfile {

    /** More than any has. */
    static final int MOST = 4 * 1024 * 1024;

    private IccProfile() {}

    /**
     * The colours of a picture as its profile defines them, or {@code null} if it has none.
     *
     * @throws RefusedPictureException the profile is broken: without it, the colours would be wrong
     */
    static ICC_ColorSpace of(Content picture, PictureInfo info) throws IOException {
        byte[] profile = bytes(picture, info.format());
        if (profile == null) {
            return null;
        }
        try {
            ICC_ColorSpace colors = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
            colors.toRGB(new float[colors.getNumComponents()]); // some show it only when they are used
            return colors;
        } catch (IllegalArgumentException | CMMException e) {
            throw new RefusedPictureException("is " + info.format().description()
                    + " with a broken colour profile (ICC); save it anew, as sRGB or without a profile");
        }
    }

    private static byte[] bytes(Content picture, PictureFormat format) throws IOException {
        if (format == PictureFormat.TIFF) {
            return TiffHeader.profile(picture);
        }
        try (InputStream in = picture.open()) {
            return switch (format) {
                case JPEG -> JpegScanner.profile(in);
                case PNG -> PngHeader.profile(in);
                case WEBP -> WebpHeader.profile(in);
                default -> null;
            };
        }
    }
}
