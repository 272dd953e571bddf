package io.github.cameldewatermark.sandbox.pdf;

import java.io.IOException;
import java.nio.file.Path;

/** Removes an overlay from a PDF. */
public interface PdfEngine {

    /**
     * @return             how many pages the PDF has, at least 1
     * @throws IOException the input isn't a PDF, is damaged or encrypted, or can't be read
     */
    int pages(Path input) throws IOException;

    /**
     * @param  input       the PDF
     * @param  output      where to write the cleaned PDF; doesn't exist yet
     * @return             whether an overlay was found (and removed); otherwise the output has the bytes of the input
     * @throws IOException as of {@link #pages}, or the output can't be written
     */
    boolean clean(Path input, Path output) throws IOException;
}
