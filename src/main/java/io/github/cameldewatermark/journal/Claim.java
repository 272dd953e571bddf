package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.math.BigDecimal;
import java.util.Map;

/** The right to pay for something, and the duty to say how that goes. */
public interface Claim {

    /** What is paid for without a journal: nothing is remembered. */
    Claim WITHOUT_JOURNAL = new Claim() {
        @Override
        public Journal.Room reserve(long bytes) {
            return () -> {};
        }

        @Override
        public void sending(BigDecimal credits) {}

        @Override
        public void refused() {}

        @Override
        public void keep(String id, Map<String, String> facts, Map<String, Content> parts) {}

        @Override
        public Entry entry() {
            return null;
        }

        @Override
        public void uploaded(String taskId) {}

        @Override
        public void submitted() {}
    };

    /**
     * Reserves room for the answer.
     *
     * @throws DewatermarkTransportException if there isn't enough
     */
    Journal.Room reserve(long bytes);

    /**
     * To be called right before the first byte is sent.
     *
     * @param  credits                       the price
     * @throws DewatermarkTransportException if that can't be remembered, so that nothing may be sent
     */
    void sending(BigDecimal credits);

    /** To be called when it is certain that what was being sent has cost nothing. */
    void refused();

    /**
     * Keeps the answer.
     *
     * @param id    the id of the event or task, for the ledger; may be {@code null}
     * @param facts what the platform said; values may be {@code null}
     * @param parts the answer, by the names of its parts
     */
    void keep(String id, Map<String, String> facts, Map<String, Content> parts);

    /**
     * Returns the entry as it is now; {@code null} without a journal. If it is {@link State#UPLOADED} from the start, its task is to
     * be gone on with.
     */
    Entry entry();

    /**
     * To be called before a task is submitted.
     *
     * @throws DewatermarkTransportException if that can't be remembered, so that it must not be submitted
     */
    void uploaded(String taskId);

    /** To be called when a task is submitted, whoever has submitted it. */
    void submitted();
}
