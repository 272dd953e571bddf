package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The erase sessions with their pictures, as files. A session that has ended is remembered, its pictures aren't. */
final class Sessions {

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    /** As they were at a time, the first to expire first: a sweep looks at no others. */
    private final Queue<Session> expiring = new PriorityQueue<>(Comparator.comparingLong(Session::expiresAt));

    private final Path folder;
    private final Duration timeToLive;
    private final Clock clock;

    Sessions(Path folder, Duration timeToLive, Clock clock) throws IOException {
        this.folder = folder;
        this.timeToLive = timeToLive;
        this.clock = clock;
        Json.readAll(folder, Session.class).forEach(this::remember);
    }

    /**
     * Our reading of 404 and 410 in the section "Errors".
     *
     * @throws Refusal NOT_FOUND: no such session of this account; GONE: it has expired
     */
    Session find(Account account, String sessionId) {
        Session session = sessions.get(sessionId);
        if (session == null || !session.userId().equals(account.userId())) {
            throw Refusal.notFound("There is no such session");
        }
        if (clock.millis() >= session.expiresAt()) {
            throw new Refusal(Refusal.Reason.GONE, "The session has expired");
        }
        return session;
    }

    /** Makes a picture the current one of a session, whose time starts anew. */
    void put(Account account, String sessionId, String imageId) throws IOException {
        long expiresAt = clock.millis() + timeToLive.toMillis();
        Session session = new Session(sessionId, account.userId(), imageId, expiresAt);
        Json.write(folder, sessionId, session);
        remember(session);
    }

    private synchronized void remember(Session session) {
        sessions.put(session.sessionId(), session);
        expiring.add(session);
    }

    Path picture(String sessionId, String imageId) {
        return folder.resolve(sessionId + "-" + imageId + ".jpeg");
    }

    Path mask(String sessionId, String imageId) {
        return folder.resolve(sessionId + "-" + imageId + ".png");
    }

    /** Deletes the pictures of sessions that have expired. */
    synchronized void sweep() throws IOException {
        long now = clock.millis();
        while (!expiring.isEmpty() && now >= expiring.peek().expiresAt()) {
            String sessionId = expiring.remove().sessionId();
            if (now >= sessions.get(sessionId).expiresAt()) { // else its time started anew
                for (Path file : filesOf(sessionId)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private List<Path> filesOf(String sessionId) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(sessionId + "-"))
                    .toList();
        }
    }
}
