package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.error.Billed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link Journal} knows about one thing to pay for. Entries are immutable; each step makes a new one.
 *
 * @param key       what it is, as a SHA-256 in hex: account, operation, content and the options that change the answer
 * @param operation the operation that pays for it, such as {@code erase}
 * @param name      the name of the file, for the operator
 * @param state     how far it has come
 * @param owner     the process that works on it, in the terms of the journal; the last one, if nobody does
 * @param since     when it was claimed or, later, sent
 * @param facts     what else is known, such as ids of the platform; what they mean is up to the operation
 */
public record Entry(
        String key,
        String operation,
        String name,
        State state,
        String owner,
        Instant since,
        Map<String, String> facts) {

    /** The fact that says what was, or may have been, charged, in credits. */
    static final String CREDITS = "credits";

    /** The fact that says when it was claimed, once it is sent: that tells this attempt to pay from others. */
    private static final String CLAIMED = "claimed";

    private static final String ID = "id";
    private static final String TASK = "task";
    private static final String REASON = "reason";
    private static final String DELIVERED = "delivered";

    /** What the names of the facts begin with that say how long the parts of the answer are. */
    public static final String LENGTH = "length.";

    public Entry {
        List.of(key, operation, name, state, owner, since); // none may be null
        facts = Map.copyOf(facts);
    }

    /** Returns a fact, or {@code null} if it isn't known. */
    public String fact(String fact) {
        return facts.get(fact);
    }

    /** Returns the id of the event on the platform, or {@code null} if it isn't known. */
    public String id() {
        return facts.get(ID);
    }

    /** Returns the id of the task on the platform, or {@code null} if there is none. */
    public String taskId() {
        return facts.get(TASK);
    }

    /** Returns why this entry is {@link State#UNKNOWN}. */
    public String reason() {
        return facts.getOrDefault(REASON, "the reason is unknown");
    }

    public Entry in(State next) {
        return new Entry(key, operation, name, next, owner, since, facts);
    }

    public Entry ownedBy(String next) {
        return new Entry(key, operation, name, state, next, since, facts);
    }

    public Entry since(Instant next) {
        return new Entry(key, operation, name, state, owner, next, facts).with(Map.of(CLAIMED, claimed()));
    }

    private String claimed() {
        return facts.getOrDefault(CLAIMED, Long.toString(since.toEpochMilli()));
    }

    /** Returns the entry with more facts; those whose value is {@code null} are left out. */
    public Entry with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(facts);
        all.putAll(more);
        all.values().removeIf(Objects::isNull);
        return new Entry(key, operation, name, state, owner, since, all);
    }

    public Entry withId(String id) {
        return id == null ? this : with(Map.of(ID, id));
    }

    public Entry withTask(String taskId) {
        return with(Map.of(TASK, taskId));
    }

    /** @param credits {@code null} if the price isn't known */
    public Entry priced(BigDecimal credits) {
        return credits == null ? this : with(Map.of(CREDITS, credits.toPlainString()));
    }

    public Entry unknown(String reason) {
        return in(State.UNKNOWN).with(Map.of(REASON, reason));
    }

    /** Returns how many bytes its answer has. */
    public long size() {
        return facts.entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(LENGTH))
                .mapToLong(fact -> Long.parseLong(fact.getValue()))
                .sum();
    }

    /** Whether its task is submitted, and so paid. */
    public boolean isSubmitted() {
        return taskId() != null && (state == State.SUBMITTED || state == State.RESULT);
    }

    /** Returns the entry of a task whose result is handed on. */
    public Entry delivered() {
        return in(State.RESULT).with(Map.of(DELIVERED, "true"));
    }

    /** Whether its result is known, so that it is paid for certain. Of a task, only the id may have been handed on yet. */
    public boolean isResultKnown() {
        return state == State.RESULT && (taskId() == null || facts.containsKey(DELIVERED));
    }

    /** Returns the line of the ledger for this attempt to pay. It has the same reference when others take the claim over. */
    public Charge charge(Billed billed) {
        String attempt = key.substring(0, Math.min(16, key.length())) + "@" + claimed();
        return new Charge(
                since,
                operation,
                name,
                facts.containsKey(CREDITS) ? new BigDecimal(facts.get(CREDITS)) : null,
                billed,
                facts.getOrDefault(TASK, facts.getOrDefault(ID, "")),
                facts.getOrDefault(TASK, attempt));
    }
}
