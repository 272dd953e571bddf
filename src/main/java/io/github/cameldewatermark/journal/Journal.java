package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Remembers what is being paid for and what the answers are, so that the same content gets the paid answer when it is seen
 * again. For each key there is one entry, and one owner who works on it: a process, or what stands for it. Only the owner
 * changes an entry, until it is {@link State#SUBMITTED}, {@link State#UNKNOWN} or {@link State#RESULT}. If the owner dies, a
 * claim and an upload are taken over, and what it was sending becomes {@link State#UNKNOWN}.
 *
 * <p>Implementations are thread-safe. What a method has written is on disk when it returns.
 */
public interface Journal extends AutoCloseable {

    /** The part of an answer that is the clean picture. */
    String PICTURE = "picture";

    /** The part of an answer that is a small copy of the picture before it was cleaned, as a JPEG. */
    String BEFORE = "before";

    /** More than most answers to pictures have, in bytes. */
    long USUAL_ANSWER = 64L << 20;

    /** Returns where it is written down what was charged for the entries, which is always the same object. */
    Ledger ledger();

    /**
     * Claims a key, unless it has an entry already; takes over an entry whose owner doesn't work on it any more.
     *
     * @param  operation   the operation that pays for it, such as {@code erase}
     * @param  name        the name of the file, for the operator
     * @return             the entry that the key has now. If it is {@link State#CLAIMED} or {@link State#UPLOADED} and
     *                     {@link #isMine} says so, the caller may work on it
     * @throws IOException if the journal can't be used now; nothing may be paid for then
     */
    Entry claim(String key, String operation, String name) throws IOException;

    /**
     * Claims a key in spite of what is known about it. The entry itself stays as it is until the first change.
     *
     * @param  known an entry that nobody works on
     * @return       what the caller may work on, if {@link #isMine} says so, as after {@link #claim}
     */
    Entry claimAgain(Entry known);

    /** Says that the caller doesn't work any more on an entry that this object owns, however that ended. */
    void release(Entry entry);

    /** Whether an entry is being worked on by this object, and not by another process. */
    boolean isMine(Entry entry);

    /**
     * Writes the next state of an entry that this object owns.
     *
     * @throws IOException if it isn't written, also because another process has taken the entry over
     */
    void change(Entry next) throws IOException;

    /**
     * Writes the next state of an entry that nobody works on, and counts as a use of it.
     *
     * @return whether the entry still was as given; if not, nothing is changed
     */
    boolean replace(Entry found, Entry next) throws IOException;

    /**
     * Keeps the answer for an entry that this object owns or has owned. If it was taken over since, as from a process that stood
     * still, the answer counts all the same, unless there is another one.
     *
     * @param result the entry in the state {@link State#RESULT}
     * @param parts  the answer, by the names of its parts
     */
    void keep(Entry result, Map<String, Content> parts) throws IOException;

    /**
     * Returns a part of an answer, and counts as a use of it. It can be read for {@code resultRetention} from now on.
     *
     * @return             {@code null} if the answer doesn't have this part
     * @throws IOException if the part should be there, but can't be read
     */
    Content part(Entry result, String part) throws IOException;

    /** Returns the answers that were used last, the latest first, as far as they can be read. */
    List<Entry> latestResults(int most) throws IOException;

    /**
     * Returns a part of an answer without counting as a use of it.
     *
     * @param  since see {@link Entry#since()}, to the millisecond: what is paid for again is another answer
     * @return       {@code null} if there is none
     */
    Content peek(String key, Instant since, String part) throws IOException;

    /** Forgets an entry, if it still is as given: one that this object owns, or one that nobody works on. */
    void remove(Entry entry) throws IOException;

    /**
     * Reserves room for an answer, before it is paid for. A journal that can't tell how much room it has does nothing.
     *
     * @throws IOException if there isn't enough room
     */
    default Room reserveRoom(long bytes) throws IOException {
        return () -> {};
    }

    /**
     * Checks that this journal can be used, and has room for the answer to a usual picture.
     *
     * @throws IOException if not
     */
    default void check() throws IOException {
        reserveRoom(USUAL_ANSWER).close();
    }

    @Override
    void close();

    /** Room that is reserved until this is closed. */
    interface Room extends AutoCloseable {
        @Override
        void close();
    }
}
