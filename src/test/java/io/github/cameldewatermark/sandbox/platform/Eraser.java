package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The erase call, section "Remove Watermark". */
public final class Eraser {

    /** "The largest dimension is not greater than 6000 px", section "Remove Watermark / Request body". */
    static final int LARGEST_SIDE = 6000;

    /** "Not greater than 1920" for the first refinement, section "Continuing Watermark Removal". */
    static final int LARGEST_SIDE_OF_REFINEMENT = 1920;

    /** The document names the first two and calls "old" 2.0; v3 has another one. */
    private static final Map<EraseRequest.Model, Set<String>> PREDICT_MODES = Map.of(
            EraseRequest.Model.V2, Set.of("3.0", "old", "2.0"),
            EraseRequest.Model.V3, Set.of("4.0", "3.0", "old", "2.0"));

    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final PictureEngine engine;
    private final Sessions sessions;
    private final Ledger ledger;
    private final Prices prices;
    private final Clock clock;
    /** A picture of 36 megapixels takes a few hundred megabytes while it is worked on. */
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    Eraser(PictureEngine engine, Sessions sessions, Ledger ledger, Prices prices, Clock clock) {
        this.engine = engine;
        this.sessions = sessions;
        this.ledger = ledger;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * Our reading: one credit is charged when the picture has been processed, just before the answer, so a refused call
     * is free; a picture makes a new session, a refinement by session keeps it; if both a picture and a session are sent
     * the session counts. {@code remove_text} and {@code predict_mode} are checked and otherwise without effect.
     *
     * @throws Refusal BAD_REQUEST: a part is missing or wrong; NOT_FOUND, GONE: the session; FORBIDDEN: no credit
     */
    public ErasedPicture erase(Account account, EraseRequest request) throws IOException {
        check(request);
        sessions.sweep();
        Session session = request.sessionId() == null ? null : sessions.find(account, request.sessionId());
        BigDecimal price = prices.of(request);
        ledger.requireCredit(account, price);
        atOnce.acquireUninterruptibly();
        try {
            return process(account, request, session, price);
        } finally {
            atOnce.release();
        }
    }

    private static void check(EraseRequest request) {
        if (request.image() == null && request.sessionId() == null) {
            throw Refusal.badRequest("Either original_preview_image or session_id is required");
        }
        if (request.removeText() != null && !BOOLEANS.contains(request.removeText())) {
            throw Refusal.badRequest("remove_text must be true or false");
        }
        if (request.predictMode() != null && !PREDICT_MODES.get(request.model()).contains(request.predictMode())) {
            throw Refusal.badRequest("predict_mode " + request.predictMode() + " is not known");
        }
    }

    private ErasedPicture process(Account account, EraseRequest request, Session session, BigDecimal price)
            throws IOException {
        BufferedImage picture = picture(request, session);
        BufferedImage earlier = earlierMask(request, session);
        BufferedImage brush = request.maskBrush() == null ? null : Pictures.readMask(request.maskBrush(), "mask_brush");
        CleanedPicture cleaned = engine.clean(picture, brush);
        return keep(account, session, cleaned.picture(), Pictures.union(cleaned.mask(), earlier), price);
    }

    private BufferedImage picture(EraseRequest request, Session session) {
        if (session != null) {
            return Pictures.readJpeg(sessions.picture(session.sessionId(), session.imageId()), LARGEST_SIDE);
        }
        // a base mask with a picture is what makes it the first refinement
        return Pictures.readJpeg(
                request.image(), request.maskBase() == null ? LARGEST_SIDE : LARGEST_SIDE_OF_REFINEMENT);
    }

    /** "The masked image of the previously erased parts"; without one, what the session remembers, our reading. */
    private BufferedImage earlierMask(EraseRequest request, Session session) {
        if (request.maskBase() != null) {
            return Pictures.readMask(request.maskBase(), "mask_base");
        }
        return session == null
                ? null
                : Pictures.readMask(sessions.mask(session.sessionId(), session.imageId()), "mask_base");
    }

    private ErasedPicture keep(
            Account account, Session session, BufferedImage picture, BufferedImage mask, BigDecimal price)
            throws IOException {
        String sessionId = session == null ? Ids.next() : session.sessionId();
        ErasedPicture erased = files(sessionId);
        Pictures.writeJpeg(picture, erased.picture());
        Pictures.writePng(mask, erased.mask());
        ledger.charge(account, clock.instant(), Call.ERASE, sessionId, erased.eventId(), price);
        sessions.put(account, sessionId, erased.imageId());
        return erased;
    }

    private ErasedPicture files(String sessionId) {
        String imageId = Ids.next();
        return new ErasedPicture(
                sessionId,
                imageId,
                Ids.next(),
                sessions.picture(sessionId, imageId),
                sessions.mask(sessionId, imageId));
    }
}
