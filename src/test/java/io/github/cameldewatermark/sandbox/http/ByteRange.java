package io.github.cameldewatermark.sandbox.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a file is asked for, after RFC 9110 section 14: one range of bytes. What isn't understood, such as several
 * ranges, is answered with the whole, as the RFC allows.
 */
record ByteRange(Kind kind, long from, long length) {

    enum Kind {
        WHOLE,
        PART,
        OUTSIDE
    }

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange parse(String header, long size) {
        Matcher range = ONE.matcher(header == null ? "" : header.strip());
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return whole(size);
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(range.group(2)), size);
            return suffix == 0 ? outside() : new ByteRange(Kind.PART, size - suffix, suffix);
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
        if (first >= size) {
            return outside();
        }
        return last < first ? whole(size) : new ByteRange(Kind.PART, first, last - first + 1);
    }

    long last() {
        return from + length - 1;
    }

    private static ByteRange whole(long size) {
        return new ByteRange(Kind.WHOLE, 0, size);
    }

    private static ByteRange outside() {
        return new ByteRange(Kind.OUTSIDE, 0, 0);
    }
}
