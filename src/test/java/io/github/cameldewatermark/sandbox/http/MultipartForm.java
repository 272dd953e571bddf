package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;

/** The parts of a {@code multipart/form-data} request; the large ones lie on disk until this is closed. */
final class MultipartForm implements AutoCloseable {

    private static final String TYPE = "multipart/form-data";
    private static final long LARGEST_REQUEST = 128L << 20;
    private static final int LARGEST_IN_MEMORY = 16 * 1024;
    private static final int MOST_PARTS = 32;

    private final Map<String, DiskFileItem> parts = new HashMap<>();
    private final Map<String, Path> files = new HashMap<>();
    private final List<DiskFileItem> items;
    private final Path spool;

    private MultipartForm(List<DiskFileItem> items, Path spool) {
        this.items = items;
        this.spool = spool;
        items.forEach(item -> parts.putIfAbsent(item.getFieldName(), item));
    }

    /** Whether the request is one that {@link #read} can read: the type alone, without a boundary, isn't enough. */
    static boolean isIn(Request request) {
        String type = request.contentType().toLowerCase(Locale.ROOT);
        return type.startsWith(TYPE) && type.contains("boundary=");
    }

    /**
     * @throws Refusal BAD_REQUEST: it isn't multipart, is broken or too large
     */
    static MultipartForm read(Request request, Path spool) throws IOException {
        if (!isIn(request)) {
            throw Refusal.badRequest("The request must be " + TYPE + " with a boundary");
        }
        return read(new Context(request.contentType(), request.contentLength(), request.body()), spool);
    }

    static MultipartForm read(Context request, Path spool) throws IOException {
        Upload upload = new Upload();
        upload.setSizeMax(LARGEST_REQUEST);
        upload.setFileCountMax(MOST_PARTS);
        upload.setFileItemFactory(DiskFileItemFactory.builder()
                .setPath(spool)
                .setBufferSize(LARGEST_IN_MEMORY)
                .get());
        try {
            return new MultipartForm(upload.parseRequest(request), spool);
        } catch (FileUploadException | RuntimeException e) {
            // the library lets through a file name that no system has, and trips over a part of parts without a
            // boundary
            throw Refusal.badRequest("The multipart request can't be read: " + e.getMessage());
        }
    }

    /** A text part; {@code null} if it is missing or empty. */
    String text(String name) throws IOException {
        DiskFileItem part = parts.get(name);
        String text = part == null ? "" : part.getString(StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? null : text;
    }

    /** A part with a file name, as a file; {@code null} if it is missing. */
    Path file(String name) throws IOException {
        DiskFileItem part = parts.get(name);
        if (part == null) {
            return null;
        }
        Path file = files.get(name);
        if (file == null) {
            file = Files.createTempFile(spool, "part", ".tmp");
            files.put(name, file);
            part.write(file);
        }
        return file;
    }

    /**
     * A part that is either a file or a text in base64: the table in "Request body" says text, both samples send a file.
     */
    Path fileOrBase64(String name) throws IOException {
        DiskFileItem part = parts.get(name);
        if (part == null || !part.isFormField()) {
            return file(name);
        }
        Path file = Files.createTempFile(spool, "part", ".tmp");
        files.put(name, file);
        try {
            Files.write(file, Base64.getMimeDecoder().decode(part.get()));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(name + " is neither a file nor base64");
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        for (DiskFileItem item : items) {
            item.delete();
        }
        for (Path file : files.values()) {
            Files.deleteIfExists(file);
        }
    }

    /** What the library wants to know of a request. */
    record Context(String contentType, long contentLength, InputStream body) implements RequestContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return contentLength;
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }

    /** The library leaves it to its users to say what a request is. */
    private static final class Upload extends AbstractFileUpload<RequestContext, DiskFileItem, DiskFileItemFactory> {

        @Override
        public FileItemInputIterator getItemIterator(RequestContext request) throws FileUploadException, IOException {
            return super.getItemIterator(request);
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(RequestContext request) throws FileUploadException {
            return super.parseParameterMap(request);
        }

        @Override
        public List<DiskFileItem> parseRequest(RequestContext request) throws FileUploadException {
            return super.parseRequest(request);
        }
    }
}
