package io.github.cameldewatermark.corpus;

import java.nio.file.Path;

/**
 * What became of a file.
 *
 * @param file    where it is
 * @param detail  the difference, or a reason
 * @param eventId of its charge; {@code null} if there must be none
 */
record CorpusRow(Path file, Outcome outcome, String detail, String eventId) {

    enum Outcome {
        RIGHT("accepted, right"),
        DIFFERENT("**accepted, different**"),
        REFUSED("refused"),
        FAILED("**failed**"),
        NOT_COMPARABLE("accepted, not comparable");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    @Override
    public String toString() {
        return "| " + file.toString().replace("|", "\\|") + " | " + outcome.label() + " | "
                + detail.replaceAll("\\s+", " ").replace("|", "\\|") + " |";
    }
}
