package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The erase sessions with their pictures, as files. A session that has ended is remembered, its pictures aren't. */
final class Sessions {

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Set<String> swept = new HashSet<>();
    private final Path folder;
    private final Duration timeToLive;
    private final Clock clock;

    Sessions(Path folder, Duration timeToLive, Clock clock) throws IOException {
        this.folder = folder;
        this.timeToLive = timeToLive;
        this.clock = clock;
        Json.readAll(folder, Session.class).forEach(session -> sessions.put(session.sessionId(), session));
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
        sessions.put(sessionId, session);
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
        for (Session session : sessions.values()) {
            if (now >= session.expiresAt() && swept.add(session.sessionId())) {
                for (Path file : filesOf(session.sessionId())) {
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
