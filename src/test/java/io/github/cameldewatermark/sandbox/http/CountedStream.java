package io.github.cameldewatermark.sandbox.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/** Tells how much is about to be written, before anybody can have read it. */
final class CountedStream extends FilterOutputStream {

    private final IntConsumer counter;

    CountedStream(OutputStream out, IntConsumer counter) {
        super(out);
        this.counter = counter;
    }

    @Override
    public void write(int b) throws IOException {
        counter.accept(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        counter.accept(length);
        out.write(bytes, offset, length);
    }
}
