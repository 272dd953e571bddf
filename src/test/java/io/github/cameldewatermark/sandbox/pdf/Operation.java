package io.github.cameldewatermark.sandbox.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdfwriter.ContentStreamWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;

/** An operator of a content stream with its operands. */
record Operation(List<COSBase> operands, Operator operator) {

    private static final Set<String> SHOW = Set.of(
            OperatorName.SHOW_TEXT,
            OperatorName.SHOW_TEXT_ADJUSTED,
            OperatorName.SHOW_TEXT_LINE,
            OperatorName.SHOW_TEXT_LINE_AND_SPACE,
            OperatorName.DRAW_OBJECT);

    /** Lines, areas, shadings, and inline images. */
    private static final Set<String> PAINT = Set.of("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI");

    /**
     * Reads one stream of the content of a page.
     *
     * @param operands that an earlier stream of the same page has left; afterwards those that this one leaves
     */
    static List<Operation> read(PDStream stream, List<COSBase> operands) throws IOException {
        List<Operation> operations = new ArrayList<>();
        PDFStreamParser parser = new PDFStreamParser(stream.toByteArray());
        for (Object token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
            if (token instanceof Operator operator) {
                operations.add(new Operation(List.copyOf(operands), operator));
                operands.clear();
            } else {
                operands.add((COSBase) token);
            }
        }
        return operations;
    }

    /** Makes operations the whole content of a page. */
    static void write(List<Operation> operations, PDDocument pdf, PDPage page) throws IOException {
        PDStream stream = new PDStream(pdf);
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            ContentStreamWriter writer = new ContentStreamWriter(out);
            for (Operation operation : operations) {
                writer.writeTokens(operation.operands);
                writer.writeToken(operation.operator);
            }
        }
        page.setContents(stream);
    }

    String name() {
        return operator.getName();
    }

    /** Whether it shows a text, an image, or a form. */
    boolean shows() {
        return SHOW.contains(name());
    }

    /** Whether it puts anything onto the page. */
    boolean paints() {
        return shows() || PAINT.contains(name());
    }

    /** What one that {@link #shows} does besides, so that what comes after it stays where it is. */
    List<Operation> rest() {
        Operation nextLine = new Operation(List.of(), Operator.getOperator(OperatorName.NEXT_LINE));
        return switch (name()) {
            case OperatorName.SHOW_TEXT_LINE -> List.of(nextLine);
            case OperatorName.SHOW_TEXT_LINE_AND_SPACE ->
                List.of(
                        new Operation(operands.subList(0, 1), Operator.getOperator(OperatorName.SET_WORD_SPACING)),
                        new Operation(operands.subList(1, 2), Operator.getOperator(OperatorName.SET_CHAR_SPACING)),
                        nextLine);
            default -> List.of();
        };
    }
}
