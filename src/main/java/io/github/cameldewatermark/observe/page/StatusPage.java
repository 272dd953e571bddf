package io.github.cameldewatermark.observe.page;

import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Answers requests of a browser with a page that shows what the dewatermark components of the context are doing. It only reads, and
 * needs nothing from elsewhere. To be used as a bean in a route from {@code platform-http}, as in {@code status-page.camel.yaml}.
 */
public final class StatusPage {

    /** The header with the key of an entry, for {@link #thumbnail}. */
    public static final String KEY = "key";

    /** The header with the time of that entry in milliseconds, because a picture that is paid for again is another one. */
    public static final String TIME = "time";

    /** The header that says which picture: {@code before} or {@code after}. */
    public static final String WHICH = "which";

    private static final Pattern KEYS = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TIMES = Pattern.compile("[0-9]{1,15}");
    private static final List<String> WHICHES = List.of(Journal.BEFORE, "after");
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final String TEMPLATE = template();
    private static final String POLICY =
            "default-src 'none'; connect-src 'self'; img-src 'self' data:; style-src 'unsafe-inline'; script-src '"
                    + hash(TEMPLATE.replaceFirst("(?s).*<script>", "").replaceFirst("(?s)</script>.*", ""))
                    + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** So many times as long as it takes to make a page, it is shown. */
    private static final int SHARE = 20;

    /** If making the next one takes longer, as with a journal that doesn't answer, the last one is too old to be shown. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final ReentrantLock making = new ReentrantLock();
    private final Thumbnails thumbnails = new Thumbnails();
    private volatile Page page;

    private record Page(String html, long due) {}

    public StatusPage() {
        this(System::nanoTime);
    }

    StatusPage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Makes the body of the message the page. However often it is asked for, it is made at most once a second, and nobody waits for
     * one that is being made.
     */
    public void page(Exchange exchange) {
        if (making.tryLock()) {
            try {
                makeIfDue(exchange.getContext());
            } finally {
                making.unlock();
            }
        }
        Page last = page;
        if (last == null || isPast(last.due() + PATIENCE.toNanos())) {
            answer(exchange, TEXT, "The page is being made").setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
            return;
        }
        Message message = answer(exchange, "text/html; charset=utf-8", last.html());
        message.setHeader("Content-Security-Policy", POLICY);
        message.setHeader("Referrer-Policy", "no-referrer");
    }

    private void makeIfDue(CamelContext context) {
        if (page == null || isPast(page.due())) {
            long begin = nanoTime.getAsLong();
            String html = TEMPLATE.replace("<!--main-->", StatusHtml.of(Status.of(context, ZoneId.systemDefault())));
            long end = nanoTime.getAsLong();
            page = new Page(html, end + Math.max(SHORTEST.toNanos(), SHARE * (end - begin)));
        }
    }

    private boolean isPast(long time) {
        return nanoTime.getAsLong() - time > 0;
    }

    /** Makes the body of the message a small picture of the journal; without one, the answer is 404, and 503 if many wait for theirs. */
    public void thumbnail(Exchange exchange) {
        String key = exchange.getMessage().getHeader(KEY, "", String.class);
        String time = exchange.getMessage().getHeader(TIME, "", String.class);
        String which = exchange.getMessage().getHeader(WHICH, "", String.class);
        try {
            byte[] jpeg = KEYS.matcher(key).matches() && TIMES.matcher(time).matches() && WHICHES.contains(which)
                    ? thumbnails.get(exchange.getContext(), key, Instant.ofEpochMilli(Long.parseLong(time)), which)
                    : null;
            if (jpeg == null) {
                answer(exchange, TEXT, "There is no such picture").setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            } else {
                answer(exchange, "image/jpeg", jpeg)
                        .setHeader("Expires", inADay()); // Camel doesn't let Cache-Control through
            }
        } catch (RejectedExecutionException e) {
            answer(exchange, TEXT, e.getMessage()).setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        }
    }

    private static String inADay() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusDays(1));
    }

    private static Message answer(Exchange exchange, String type, Object body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*"); // those of the request
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setBody(body);
        return message;
    }

    private static String template() {
        try (InputStream in = StatusPage.class.getResourceAsStream("page.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
