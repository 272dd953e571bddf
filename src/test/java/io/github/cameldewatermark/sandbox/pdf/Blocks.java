package io.github.cameldewatermark.sandbox.pdf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.contentstream.operator.OperatorName;

/**
 * Finds the parts of a page's content that are closed in themselves: from {@code q} to its {@code Q}, marked content, and streams. None
 * that begins within a text object: what is shown there moves what is shown after it.
 */
final class Blocks {

    /** From one operation of a page to another one, which isn't part of it. */
    record Block(int from, int to) {}

    private record Open(String end, int from) {}

    private static final Map<String, String> ENDS = Map.of(
            OperatorName.SAVE, OperatorName.RESTORE,
            OperatorName.BEGIN_MARKED_CONTENT, OperatorName.END_MARKED_CONTENT,
            OperatorName.BEGIN_MARKED_CONTENT_SEQ, OperatorName.END_MARKED_CONTENT,
            OperatorName.BEGIN_TEXT, OperatorName.END_TEXT);

    /** No reader need go deeper, by the PDF specification. */
    private static final int DEEPEST = 28;

    private final List<Block> found = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int position;

    /** Takes the operations of the next stream of the page. What is behind the end of earlier blocks in it is a block, too. */
    void addStream(List<Operation> operations) {
        int from = position;
        int lowest = open.size();
        for (Operation operation : operations) {
            add(operation.name());
            if (open.size() < lowest) {
                lowest = open.size();
                from = position;
            }
        }
        if (open.size() == lowest && !isInText()) {
            found.add(new Block(from, position));
        }
    }

    private void add(String operator) {
        String end = ENDS.get(operator);
        if (end != null) {
            open.push(new Open(end, position));
        } else if (ENDS.containsValue(operator)) {
            close(operator);
        }
        position++;
    }

    private void close(String operator) {
        Open begin = open.poll();
        if (begin == null || !begin.end.equals(operator)) {
            open.clear(); // they overlap, so none of them is closed in itself
        } else if (!operator.equals(OperatorName.END_TEXT) && open.size() < DEEPEST && !isInText()) {
            found.add(new Block(begin.from, position + 1));
        }
    }

    private boolean isInText() {
        return open.stream().anyMatch(block -> block.end.equals(OperatorName.END_TEXT));
    }

    List<Block> found() {
        return found;
    }
}
