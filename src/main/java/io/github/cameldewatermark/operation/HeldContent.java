package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.Entry;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * A content that nobody else works on until it is released, among all that use the same journal.
 *
 * @param claim    the right to pay for it; one that remembers nothing without a journal, or if the content is known
 * @param known    what is known about it; {@code null} if it is to be paid for
 * @param released completes when others may work on it
 */
public record HeldContent(Claim claim, Entry known, CompletableFuture<Void> released) {

    /**
     * Holds a content, as soon as nobody else does. Without a journal, whoever asks holds it.
     *
     * @param payAgain whether to pay in spite of what is known about it
     * @param key      returns its key in the journal, of the account that pays
     */
    public static CompletableFuture<HeldContent> hold(
            OperationContext context, String operation, String name, boolean payAgain, UnaryOperator<String> key) {
        CompletableFuture<Void> released = new CompletableFuture<>();
        if (context.claims() == null) {
            Claim claim = Claim.withoutJournal(context.ledger());
            released.whenComplete((nothing, error) -> claim.end(error));
            return CompletableFuture.completedFuture(new HeldContent(claim, null, released));
        }
        return context.balance().account(context.patience(), context.delays()).thenCompose(account -> {
            CompletableFuture<HeldContent> held = new CompletableFuture<>();
            Claims.Work<Void> work = new Claims.Work<>(
                    key.apply(account),
                    operation,
                    name,
                    payAgain,
                    claim -> {
                        held.complete(new HeldContent(claim, null, released));
                        return released;
                    },
                    known -> {
                        held.complete(new HeldContent(Claim.withoutJournal(context.ledger()), known, released));
                        return released;
                    });
            context.claims().settle(work, context.delays()).whenComplete((nothing, error) -> {
                if (error != null) { // does nothing if it was held
                    held.completeExceptionally(Failures.cause(error));
                }
            });
            return held;
        });
    }

    /**
     * Lets others work on it.
     *
     * @param error how it failed; {@code null} if it didn't
     */
    public void release(Throwable error) {
        if (error == null) {
            released.complete(null);
        } else {
            released.completeExceptionally(Failures.cause(error));
        }
    }
}
