package io.github.cameldewatermark.client.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON in constant memory while it arrives. It exists for one task that takes Jackson more than twice the CPU:
 * decoding base64 strings of megabytes in chunks, straight into a stream.
 *
 * <p>It is lenient where that does no harm (numbers and literals are skipped without validation) and strict where data would
 * be wrong: strings, escapes, base64, the end of the input.
 */
public final class JsonScanner {

    /** Reads eight bytes of an array as a {@code long}. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    /** In bytes: more than three times the raw pixels of the largest picture. An endless answer can't fill the disk. */
    private static final long MAX_LENGTH = 512L * 1024 * 1024;

    /** In bytes: more than any name or id has. */
    private static final int MAX_TEXT = 4096;

    private static final int MAX_DEPTH = 64;

    private final InputStream in;
    private final byte[] buffer = new byte[32 * 1024];
    private int position;
    private int limit;
    private long length;

    public JsonScanner(InputStream in) {
        this.in = in;
    }

    /**
     * Handles a member of an object: its value begins with the character {@code first} and must be read or skipped. A name that is
     * too long is empty.
     */
    @FunctionalInterface
    public interface MemberHandler {
        void member(String name, int first) throws IOException;
    }

    /** Reads an object whose opening brace has been read. */
    public void object(MemberHandler handler) throws IOException {
        int c = token();
        if (c == '}') {
            return;
        }
        while (true) {
            expect(c == '"', "a name");
            String name = text();
            expect(token() == ':', "a colon");
            handler.member(name == null ? "" : name, token());
            c = token();
            if (c == '}') {
                return;
            }
            expect(c == ',', "a comma or the end of the object");
            c = token();
        }
    }

    /** Reads the first byte that is neither white space nor a byte order mark. */
    public int first() throws IOException {
        int c = token();
        if (c == 0xEF) {
            expect(next() == 0xBB && next() == 0xBF, "the rest of a byte order mark");
            c = token();
        }
        return c;
    }

    /** Reads the next byte that isn't white space. */
    public int token() throws IOException {
        int c = next();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = next();
        }
        return c;
    }

    /**
     * Reads the rest of a short string whose opening quote has been read, to its end in any case.
     *
     * @return {@code null} if it is too long
     */
    public String text() throws IOException {
        byte[] bytes = bytes(MAX_TEXT);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Reads the rest of a string whose opening quote has been read, to its end in any case.
     *
     * @return the string in UTF-8; {@code null} if it is longer than {@code max} bytes
     */
    public byte[] bytes(int max) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
        boolean fits = true;
        for (int c = next(); c != '"'; c = next()) {
            fits = fits && bytes.size() < max;
            if (c == '\\') {
                byte[] escaped = escape().getBytes(StandardCharsets.UTF_8);
                if (fits) {
                    bytes.writeBytes(escaped);
                }
            } else if (fits) {
                bytes.write(c);
            }
        }
        return fits ? bytes.toByteArray() : null;
    }

    /** Skips a value that begins with {@code first}. */
    public void skip(int first) throws IOException {
        if (first == '"') {
            skipText();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            skipLiteral(first);
        }
    }

    /**
     * Decodes the rest of a base64 string whose opening quote has been read.
     *
     * @return how many bytes were written
     */
    public long base64(OutputStream out) throws IOException {
        Base64Chunks chunks = new Base64Chunks(out);
        while (true) {
            if (position == limit && !fill()) {
                throw new EOFException("the JSON ends inside a base64 string");
            }
            int start = position;
            position = endOfPlainText();
            chunks.write(buffer, start, position - start);
            if (position < limit) {
                int c = next();
                if (c == '"') {
                    return chunks.finish();
                }
                base64Escape(chunks);
            }
        }
    }

    /** Returns the position of the next quote or backslash, or the end of the buffer. Checks eight bytes at a time. */
    private int endOfPlainText() {
        int end = position;
        while (end <= limit - Long.BYTES) {
            long eight = (long) EIGHT.get(buffer, end);
            if (hasZero(eight ^ QUOTES) || hasZero(eight ^ BACKSLASHES)) {
                break;
            }
            end += Long.BYTES;
        }
        while (end < limit && buffer[end] != '"' && buffer[end] != '\\') {
            end++;
        }
        return end;
    }

    /** Whether one of the eight bytes is 0: only then, subtracting 1 from each byte sets a highest bit that wasn't set. */
    private static boolean hasZero(long eight) {
        return ((eight - ONES) & ~eight & ONES << 7) != 0;
    }

    private void base64Escape(Base64Chunks chunks) throws IOException {
        String escaped = escape();
        // some encoders break the lines of base64, and some escape the slash
        if (!escaped.equals("\n") && !escaped.equals("\r")) {
            byte[] bytes = escaped.getBytes(StandardCharsets.UTF_8);
            chunks.write(bytes, 0, bytes.length);
        }
    }

    private String escape() throws IOException {
        int c = next();
        return switch (c) {
            case '"', '\\', '/' -> String.valueOf((char) c);
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'u' -> unicode();
            default -> throw new IOException("bad escape in a JSON string");
        };
    }

    private String unicode() throws IOException {
        char c = hex();
        if (!Character.isHighSurrogate(c)) {
            return String.valueOf(c);
        }
        expect(next() == '\\' && next() == 'u', "the second half of a surrogate pair");
        return new String(new char[] {c, hex()});
    }

    private char hex() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            expect(digit >= 0, "four hexadecimal digits");
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private void skipText() throws IOException {
        while (true) {
            int c = next();
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                next();
            }
        }
    }

    private void skipNested() throws IOException {
        int depth = 1;
        while (depth > 0) {
            int c = next();
            if (c == '"') {
                skipText();
            } else if (c == '{' || c == '[') {
                depth++;
                if (depth > MAX_DEPTH) {
                    throw new IOException("JSON nested deeper than " + MAX_DEPTH);
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    private void skipLiteral(int first) throws IOException {
        expect(first == '-' || first >= '0' && first <= '9' || first >= 'a' && first <= 'z', "a value");
        int c = next();
        while (c != ',' && c != '}' && c != ']' && c > ' ') {
            c = next();
        }
        position--;
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the JSON ends early");
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        length += limit;
        if (length > MAX_LENGTH) {
            throw new IOException("the JSON is longer than " + MAX_LENGTH + " bytes");
        }
        return limit > 0;
    }

    private static void expect(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new UnexpectedAnswerException("unexpected JSON: " + what + " is missing");
        }
    }
}
