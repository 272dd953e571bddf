package io.github.cameldewatermark.observe.page;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.pixel.Thumbnail;
import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests of a browser with a page that shows what the dewatermark components of the context are doing. It only reads, and
 * needs nothing from elsewhere. To be used as a bean in a route from {@code platform-http}, as in {@code status-page.camel.yaml}.
 */
public final class StatusPage {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);

    /** The header with the key of an entry, for {@link #thumbnail}. */
    public static final String KEY = "key";

    /** The header that says which picture: {@code before} or {@code after}. */
    public static final String WHICH = "which";

    private static final Pattern KEYS = Pattern.compile("[0-9a-f]{64}");
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

    private static final int MOST_THUMBNAILS = 100;

    private final ReentrantLock making = new ReentrantLock();
    private volatile String page;
    private long madeAt;
    private long goodFor;

    /** Those that were asked for last, as JPEGs of a few kilobytes. */
    private final Map<String, byte[]> thumbnails = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_THUMBNAILS;
        }
    };

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
        if (page == null) {
            answer(exchange, TEXT, "The page is being made").setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
            return;
        }
        Message message = answer(exchange, "text/html; charset=utf-8", page);
        message.setHeader("Content-Security-Policy", POLICY);
        message.setHeader("Referrer-Policy", "no-referrer");
    }

    private void makeIfDue(CamelContext context) {
        long now = System.nanoTime();
        if (page == null || now - madeAt > goodFor) {
            page = TEMPLATE.replace("<!--main-->", StatusHtml.of(Status.of(context, ZoneId.systemDefault())));
            madeAt = System.nanoTime();
            goodFor = Math.max(SHORTEST.toNanos(), SHARE * (madeAt - now));
        }
    }

    /** Makes the body of the message a small picture of the journal; without one, the answer is 404. */
    public void thumbnail(Exchange exchange) {
        String key = exchange.getMessage().getHeader(KEY, "", String.class);
        String which = exchange.getMessage().getHeader(WHICH, "", String.class);
        byte[] jpeg = null;
        if (KEYS.matcher(key).matches() && WHICHES.contains(which)) {
            synchronized (thumbnails) {
                jpeg = thumbnails.computeIfAbsent(which + key, name -> thumbnail(exchange.getContext(), key, which));
            }
        }
        if (jpeg == null) {
            answer(exchange, TEXT, "There is no such picture").setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
        } else {
            answer(exchange, "image/jpeg", jpeg)
                    .setHeader("Expires", inADay()); // Camel doesn't let Cache-Control through
        }
    }

    /** Returns {@code null} if there is none. The journal has a small copy only of what it doesn't have as a whole. */
    private static byte[] thumbnail(CamelContext context, String key, String which) {
        boolean before = which.equals(Journal.BEFORE);
        for (Journal journal : Status.journals(context)) {
            try {
                Content picture = journal.peek(key, before ? Journal.BEFORE : Journal.PICTURE);
                if (picture != null && before) {
                    try (InputStream in = picture.open()) {
                        return in.readAllBytes();
                    }
                } else if (picture != null) {
                    return Thumbnail.of(picture);
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("There is no thumbnail of {}", key, e);
            }
        }
        return null;
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
