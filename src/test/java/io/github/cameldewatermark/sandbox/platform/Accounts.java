package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that the platform knows. On disk an account goes by its user id; no key is ever written. */
public final class Accounts {

    private static final int BYTES_OF_USER_ID = 8;

    private final Path folder;
    private final Map<String, Account> byUserId = new ConcurrentHashMap<>();

    /** An account that the folder remembers keeps the credits that it was granted. */
    Accounts(Path folder, Map<String, BigDecimal> creditsByKey) throws IOException {
        this.folder = folder;
        Map<String, Account> remembered = new HashMap<>();
        Json.readAll(folder, Account.class).forEach(account -> remembered.put(account.userId(), account));
        for (Map.Entry<String, BigDecimal> key : creditsByKey.entrySet()) {
            String userId = userIdOf(key.getKey());
            Account account = remembered.get(userId);
            if (account == null) {
                account = new Account(userId, key.getValue());
                Json.write(folder, userId, account);
            }
            byUserId.put(userId, account);
        }
    }

    /**
     * Section "Authentication"; 401 as in the section "Errors".
     *
     * @throws Refusal UNAUTHORIZED: no key or an unknown one
     */
    public Account authenticate(String apiKey) {
        Account account = apiKey == null ? null : byUserId.get(userIdOf(apiKey));
        if (account == null) {
            throw new Refusal(Refusal.Reason.UNAUTHORIZED, "The API key is missing or wrong");
        }
        return account;
    }

    /** Somebody buys credits. */
    public synchronized void grant(String apiKey, BigDecimal credits) throws IOException {
        Account account = authenticate(apiKey);
        Account richer = new Account(account.userId(), account.granted().add(credits));
        Json.write(folder, richer.userId(), richer);
        byUserId.put(richer.userId(), richer);
    }

    Account byUserId(String userId) {
        return byUserId.get(userId);
    }

    private static String userIdOf(String apiKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(apiKey.getBytes(StandardCharsets.UTF_8));
            return "user-" + HexFormat.of().formatHex(digest, 0, BYTES_OF_USER_ID);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
