package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Who pays, by the platform and the user id that its free credit call gives: the same for each API key of an account. Looked up
 * once.
 */
public final class AccountId {

    private final String baseUrl;
    private final Balance balance;
    private volatile String id;

    /** @param name the name of the account, which is then not looked up; {@code null} to look it up */
    public AccountId(String baseUrl, String name, Balance balance) {
        this.baseUrl = baseUrl;
        this.balance = balance;
        this.id = name == null ? null : id(name);
    }

    /**
     * Returns the id.
     *
     * @param patience how long rate limits may delay the lookup
     * @param waits    closing them ends the wait for the lookup
     */
    CompletableFuture<String> get(Duration patience, Delays waits) {
        return id == null
                ? balance.recent(patience, waits).thenApply(this::known)
                : CompletableFuture.completedFuture(id);
    }

    private String known(CreditInfo info) {
        if (info.userId() == null || info.userId().isBlank()) {
            throw new DewatermarkTransportException(
                    "credit",
                    "The platform doesn't say whose API key it is (user_id), which the journal needs: name the account by the"
                            + " option account. Nothing was sent, nothing was charged.",
                    Billed.NO,
                    false,
                    null);
        }
        id = id(info.userId());
        return id;
    }

    private String id(String user) {
        return baseUrl + " " + user;
    }
}
