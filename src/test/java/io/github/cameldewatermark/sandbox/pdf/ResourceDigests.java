package io.github.cameldewatermark.sandbox.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.ContentStreamWriter;
import org.apache.pdfbox.pdmodel.PDPage;

/** Digests of operations that are equal if they do the same, whatever the resources of their pages are called. */
final class ResourceDigests {

    /** Where an operator looks for what it is given the name of. */
    private static final Map<String, COSName> KINDS = Map.of(
            OperatorName.DRAW_OBJECT, COSName.XOBJECT,
            OperatorName.SET_FONT_AND_SIZE, COSName.FONT,
            OperatorName.SET_GRAPHICS_STATE_PARAMS, COSName.EXT_G_STATE,
            OperatorName.STROKING_COLORSPACE, COSName.COLORSPACE,
            OperatorName.NON_STROKING_COLORSPACE, COSName.COLORSPACE,
            OperatorName.STROKING_COLOR_N, COSName.PATTERN,
            OperatorName.NON_STROKING_COLOR_N, COSName.PATTERN,
            OperatorName.SHADING_FILL, COSName.SHADING);

    /** They lead back to the page. */
    private static final Set<COSName> SKIPPED = Set.of(COSName.PARENT, COSName.P);

    private final Map<COSBase, byte[]> known = new IdentityHashMap<>();

    byte[] of(Operation operation, PDPage page) throws IOException {
        MessageDigest digest = sha256();
        COSName kind = KINDS.get(operation.name());
        for (COSBase operand : operation.operands()) {
            COSBase resource = kind != null && operand instanceof COSName name ? resource(page, kind, name) : null;
            digest.update(resource == null ? written(operand) : of(resource));
        }
        digest.update(operation.name().getBytes(StandardCharsets.ISO_8859_1));
        if (operation.operator().getImageData() != null) {
            digest.update(of(operation.operator().getImageParameters()));
            digest.update(operation.operator().getImageData());
        }
        return digest.digest();
    }

    private static COSBase resource(PDPage page, COSName kind, COSName name) {
        COSDictionary resources = page.getResources() == null
                ? null
                : page.getResources().getCOSObject().getCOSDictionary(kind);
        return resources == null ? null : resources.getDictionaryObject(name);
    }

    private static byte[] written(COSBase operand) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ContentStreamWriter(bytes).writeToken(operand);
        return bytes.toByteArray();
    }

    private byte[] of(COSBase object) throws IOException {
        COSBase value = object instanceof COSObject reference ? reference.getObject() : object;
        byte[] before = known.get(value);
        if (before != null) {
            return before;
        }
        known.put(value, new byte[0]); // for what leads back to itself
        MessageDigest digest = sha256();
        if (value instanceof COSStream stream) {
            update(digest, stream);
        }
        if (value instanceof COSDictionary dictionary) {
            update(digest, dictionary);
        } else if (value instanceof COSArray array) {
            for (COSBase item : array) {
                digest.update(of(item));
            }
        } else {
            digest.update(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        }
        byte[] result = digest.digest();
        known.put(value, result);
        return result;
    }

    private static void update(MessageDigest digest, COSStream stream) throws IOException {
        try (InputStream in = stream.createRawInputStream()) {
            byte[] chunk = new byte[8192];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
    }

    private void update(MessageDigest digest, COSDictionary dictionary) throws IOException {
        for (COSName key : dictionary.keySet().stream()
                .filter(key -> !SKIPPED.contains(key))
                .sorted(Comparator.comparing(COSName::getName))
                .toList()) {
            digest.update(key.getName().getBytes(StandardCharsets.UTF_8));
            digest.update(of(dictionary.getItem(key)));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
