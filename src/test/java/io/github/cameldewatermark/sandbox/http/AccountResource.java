package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Accounts;
import io.github.cameldewatermark.sandbox.platform.Refusal;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;

/** What answers requests that come with a key. */
interface AccountResource {

    /**
     * @throws Refusal the platform won't
     */
    Reply answer(Request request, Account account) throws IOException;

    /** Section "Authentication", and 406 of the section "Errors": "You requested a format that isn't json". */
    default Resource behindKey(Accounts accounts, RateLimit limit) {
        return request -> {
            Account account = accounts.authenticate(request.header(Request.API_KEY));
            if (!limit.takes(account)) {
                return Reply.error(429, "Too many requests").with("Retry-After", "1");
            }
            if (!acceptsJson(request.header("Accept"))) {
                return Reply.error(406, "Only application/json can be had");
            }
            return answer(request, account);
        };
    }

    private static boolean acceptsJson(String accept) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        return Stream.of(accept.toLowerCase(Locale.ROOT).split(","))
                .map(range -> range.split(";")[0].strip())
                .anyMatch(range -> range.equals("*/*")
                        || range.equals("*")
                        || range.equals("application/*")
                        || range.equals(Reply.JSON));
    }
}
