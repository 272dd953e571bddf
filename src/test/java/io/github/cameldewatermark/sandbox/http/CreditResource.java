package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Platform;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/creditInfo}, section "Tracking Credit Balance". */
record CreditResource(Platform platform) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("available_credit", platform.balance(account));
        data.put("user_id", account.userId());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", "OK");
        json.put("data", data);
        return Reply.json(200, json);
    }
}
