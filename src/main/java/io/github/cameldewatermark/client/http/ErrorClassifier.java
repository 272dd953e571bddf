package io.github.cameldewatermark.client.http;

import io.github.cameldewatermark.client.http.ApiCall.Money;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkServerException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Decides what a failed call means: its kind, whether something was charged, and whether a repeat is free. What only a journal, a
 * task or a result that is lost can tell, is decided where that is known, such as in {@code TaskFailures} and {@code PayAgain}.
 *
 * <p>A paid call whose request may have reached the server is {@link Billed#UNKNOWN}, and not retryable. The submit of a clip is,
 * because the status of its task tells whether it has arrived.
 */
public final class ErrorClassifier {

    /** Seen: "Insufficient Balance", "no credit", "not enough credits"; "quota" is how others say it. */
    private static final Pattern CREDITS = Pattern.compile("(?i)\\b(credits?|balance|quota)\\b");

    /** Limits of rates speak of quotas, too. */
    private static final Pattern RATE = Pattern.compile("(?i)\\b(rate|too many|per (second|minute|hour|day))\\b");

    /** The statuses with which storage services answer when a signed URL has expired; they differ. */
    private static final Set<Integer> EXPIRED_URL = Set.of(400, 401, 403, 404, 410);

    private ErrorClassifier() {}

    /** The server answered with a status other than success. */
    public static DewatermarkException status(
            ApiCall call, int status, String reason, String excerpt, Duration retryAfter) {
        var failure = new DewatermarkServiceException.Failure(call.toString(), status, reason, excerpt, retryAfter);
        if (isAboutCredits(call, status, reason, excerpt, retryAfter)) {
            return new DewatermarkCreditException(new DewatermarkRequestException(failure, Billed.NO, false));
        }
        if (call.step() == Step.UPLOAD && status >= 400 && status < 500 && status != HttpStatus.SC_TOO_MANY_REQUESTS) {
            // the URL may have expired; a new one is free
            return new DewatermarkRequestException(failure, Billed.NO, true);
        }
        if ((status == 401 || status == 403) && call.step() != Step.DOWNLOAD) {
            return new DewatermarkAuthenticationException(failure, notProcessed(call), false);
        }
        if (status == HttpStatus.SC_TOO_MANY_REQUESTS) {
            return new DewatermarkRateLimitException(failure, notProcessed(call), true);
        }
        // gateways answer 503 in the middle of work, too; who says when to come again, has refused
        if (status == HttpStatus.SC_SERVICE_UNAVAILABLE && (call.money() != Money.CHARGES || retryAfter != null)) {
            return new DewatermarkServerException(failure, notProcessed(call), true);
        }
        if (status >= 500) {
            return new DewatermarkServerException(failure, perhapsProcessed(call), repeatIsFree(call));
        }
        if (status >= 400) {
            return new DewatermarkRequestException(failure, notProcessed(call), false);
        }
        return new DewatermarkServiceException(failure, perhapsProcessed(call), false);
    }

    /**
     * Whether a refusal is about money, and not about rate or permission. Which status says so isn't documented for pictures and
     * clips; for PDFs it is 403, or 429 if there is too little for this one.
     */
    private static boolean isAboutCredits(ApiCall call, int status, String reason, String text, Duration retryAfter) {
        // who says when to come again doesn't wait for credits to be bought
        boolean mayBe = status == 403 || status == HttpStatus.SC_TOO_MANY_REQUESTS && retryAfter == null;
        // the usual reason of 429 speaks of a rate, whatever it is about
        boolean isSaid = (call == ApiCall.PDF_SUBMIT
                        || CREDITS.matcher(reason + " " + text).find())
                && !RATE.matcher(text).find();
        return !call.isStorage() && (status == HttpStatus.SC_PAYMENT_REQUIRED || mayBe && isSaid);
    }

    /** An answer came before the request was sent: it is from a proxy that refuses to open a tunnel to the platform. */
    static DewatermarkTransportException refusedByProxy(ApiCall call, int status) {
        String problem = " was not sent, so nothing was charged: the proxy answered with HTTP " + status;
        return failure(call, problem, notProcessed(call), true, null);
    }

    /**
     * No answer came.
     *
     * @param bodySent whether any byte of the request's body was handed to the connection
     */
    public static DewatermarkTransportException noAnswer(ApiCall call, boolean bodySent, Exception cause) {
        String why = " (" + SafeText.describe(cause) + ")";
        if (call.money() != Money.CHARGES) {
            return failure(call, " got no answer" + why, notProcessed(call), true, cause);
        }
        if (!bodySent) {
            return failure(call, " could not be sent, so nothing was charged" + why, notProcessed(call), true, cause);
        }
        String problem = " got no answer" + why + "; the request was sent, so it may have been processed and charged";
        return failure(call, problem, perhapsProcessed(call), repeatIsFree(call), cause);
    }

    /** The status is success, but the answer is cut off, garbled or incomplete. */
    public static DewatermarkTransportException unusableAnswer(ApiCall call, Exception cause) {
        String problem = " was answered, but the answer can't be used (" + SafeText.describe(cause) + ")"
                + (call.step() == Step.ERASE ? "; the picture was probably processed and charged" : "");
        return failure(call, problem, perhapsProcessed(call), repeatIsFree(call), cause);
    }

    /** Whether an answer came as a whole, but made no sense. */
    public static boolean isUnexpected(DewatermarkException e) {
        return e.getCause() instanceof UnexpectedAnswerException;
    }

    /** Whether this failure of a call to storage means that the signed URL has expired. */
    public static boolean isExpiredUrl(Throwable failure) {
        return failure instanceof DewatermarkServiceException e && EXPIRED_URL.contains(e.status());
    }

    /** The server named a URL on a host that isn't allowed. */
    public static DewatermarkTransportException notAllowed(ApiCall call, String problem) {
        return failure(call, " was not sent: " + problem, notProcessed(call), false, null);
    }

    private static DewatermarkTransportException failure(
            ApiCall call, String problem, Billed billed, boolean retryable, Exception cause) {
        return new DewatermarkTransportException(
                call.toString(), "Dewatermark " + call + problem, billed, retryable, cause);
    }

    /** Whether the server takes no calls now, and may be asked again soon. */
    public static boolean isThrottled(DewatermarkException e) {
        return e instanceof DewatermarkServiceException service
                && (service.status() == HttpStatus.SC_TOO_MANY_REQUESTS
                        || service.status() == HttpStatus.SC_SERVICE_UNAVAILABLE);
    }

    /**
     * Whether the call costs nothing and the failure may be transient. Status calls are excluded, as polling has a schedule of
     * its own.
     */
    public static boolean mayBeRepeated(ApiCall call, DewatermarkException e) {
        return call.money() != Money.CHARGES
                && call.step() != Step.STATUS
                && e.retryable()
                && (e instanceof DewatermarkTransportException || e instanceof DewatermarkServerException);
    }

    private static Billed notProcessed(ApiCall call) {
        return call.money() == Money.ALREADY_CHARGED ? Billed.YES : Billed.NO;
    }

    private static Billed perhapsProcessed(ApiCall call) {
        return switch (call.money()) {
            case FREE -> Billed.NO;
            case CHARGES -> Billed.UNKNOWN;
            case ALREADY_CHARGED -> Billed.YES;
        };
    }

    private static boolean repeatIsFree(ApiCall call) {
        // the status of a clip tells whether its submit has arrived
        return call.money() != Money.CHARGES || call == ApiCall.VIDEO_SUBMIT;
    }
}
