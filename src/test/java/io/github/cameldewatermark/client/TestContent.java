package io.github.cameldewatermark.client;

import java.io.IOException;
import java.io.InputStream;

/** A content that does as a test says when it is opened: {@code open} gets how many times that happened before. */
public final class TestContent implements Content {

    /** What is read. */
    @FunctionalInterface
    public interface Opening {
        InputStream open(int before) throws IOException;
    }

    private final String name;
    private final long length;
    private final Opening opening;
    private int opened;

    public TestContent(String name, long length, Opening opening) {
        this.name = name;
        this.length = length;
        this.opening = opening;
    }

    public int opened() {
        return opened;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open() throws IOException {
        return opening.open(opened++);
    }
}
