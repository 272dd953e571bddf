package io.github.cameldewatermark.faults;

import static io.github.cameldewatermark.faults.Answer.ascii;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way for a call to go wrong between the component and the platform.
 *
 * @param label    what it is called in the table
 * @param reach    how far the request gets
 * @param delivery what the component gets in place of the answer; the connection is closed after it
 */
record Trouble(String label, Reach reach, Delivery delivery) {

    enum Reach {
        NOT_CONNECTED,
        NOT_READ,
        READ,
        PROCESSED
    }

    /** @see #delivery */
    @FunctionalInterface
    interface Delivery {
        void send(Answer answer, Socket client) throws IOException;
    }

    /** How the component is set up for it: an answer may take so long. */
    static final int RESPONSE_TIMEOUT = 2000;

    private static final String TIMEOUT = "timeout";
    private static final String LENGTH_TOO_SMALL = "`Content-Length` too small";
    private static final String DRIPPING = "answer in drips";
    private static final int DRIPS = 10;
    private static final int DRIP_PAUSE = 250;

    static final List<Trouble> ALL = Stream.of(connections(), answers(), redirects(), refusals(), serverProblems())
            .flatMap(Function.identity())
            .toList();

    static Trouble of(String label) {
        return ALL.stream()
                .filter(trouble -> trouble.label.equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Trouble> connections() {
        return Stream.of(
                new Trouble("connection refused", Reach.NOT_CONNECTED, Trouble::whole),
                new Trouble("reset before the request is read", Reach.NOT_READ, Trouble::reset),
                new Trouble("reset after the request is read", Reach.READ, Trouble::reset),
                new Trouble("reset after processing", Reach.PROCESSED, Trouble::reset),
                new Trouble(TIMEOUT + " before the answer", Reach.PROCESSED, Trouble::silence),
                new Trouble(TIMEOUT + " within the answer", Reach.PROCESSED, (answer, client) -> {
                    half(answer, client);
                    silence(answer, client);
                }));
    }

    private static Stream<Trouble> answers() {
        Answer page = Answer.of(200, "text/html", "<html><body>Welcome to the hotel</body></html>");
        return Stream.of(
                processed("answer cut short", Trouble::half),
                processed(
                        "`Content-Length` too large",
                        (answer, client) -> announced(answer, answer.length() + 10, client)),
                processed(
                        LENGTH_TOO_SMALL,
                        (answer, client) -> announced(answer, answer.length() - answer.length() / 4, client)),
                processed("answer that isn't HTTP", (answer, client) -> client.getOutputStream()
                        .write(ascii("220 ftp.example.org\r\n\r\n"))),
                processed("200 with an HTML page", instead(page)),
                processed(
                        "wrong `Content-Type`",
                        (answer, client) -> whole(answer.with("content-type", "text/plain"), client)),
                processed(DRIPPING, Trouble::drip),
                processed("100 and 103 before the answer", (answer, client) -> {
                    client.getOutputStream()
                            .write(ascii(
                                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"));
                    whole(answer, client);
                }));
    }

    private static Stream<Trouble> redirects() {
        return IntStream.of(302, 304)
                .mapToObj(status ->
                        unprocessed(status, Answer.of(status, "text/plain", "").with("location", "/elsewhere")));
    }

    private static Stream<Trouble> refusals() {
        return Stream.concat(
                IntStream.of(400, 401, 403, 404, 405, 406, 410, 418)
                        .mapToObj(status -> unprocessed(status, error(status))),
                IntStream.of(429, 503)
                        .mapToObj(status -> unprocessed(status, error(status).with("retry-after", "1"))));
    }

    private static Stream<Trouble> serverProblems() {
        return Stream.of(unprocessed(500, error(500)), processed("500 after processing", instead(error(500))));
    }

    private static Trouble processed(String label, Delivery delivery) {
        return new Trouble(label, Reach.PROCESSED, delivery);
    }

    private static Trouble unprocessed(int status, Answer answer) {
        return new Trouble(Integer.toString(status), Reach.READ, instead(answer));
    }

    /** Whether the component waits for it to pass. */
    boolean isThrottling() {
        return label.equals("429") || label.equals("503");
    }

    /** Whether a timeout must not be long. */
    boolean isSlow() {
        return label.startsWith(TIMEOUT) || isDripping();
    }

    boolean isDripping() {
        return label.equals(DRIPPING);
    }

    /** Whether a part looks like the whole, if it has no end of its own. */
    boolean isUnnoticed() {
        return label.equals(LENGTH_TOO_SMALL);
    }

    @Override
    public String toString() {
        return label;
    }

    static void whole(Answer answer, Socket client) throws IOException {
        client.getOutputStream().write(answer.whole());
    }

    private static Delivery instead(Answer scripted) {
        return (answer, client) -> whole(scripted, client);
    }

    private static Answer error(int status) {
        return Answer.of(status, "application/json", "{\"message\":\"Scripted answer " + status + "\"}");
    }

    private static void reset(Answer answer, Socket client) throws IOException {
        client.setSoLinger(true, 0);
    }

    /** Until the client goes away. */
    private static void silence(Answer answer, Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void half(Answer answer, Socket client) throws IOException {
        client.getOutputStream().write(answer.head(answer.length()));
        client.getOutputStream().write(answer.body(), 0, answer.length() / 2);
    }

    /** The whole body, announced as another length. */
    private static void announced(Answer answer, int length, Socket client) throws IOException {
        client.getOutputStream().write(answer.head(length));
        client.getOutputStream().write(answer.body());
    }

    /** Takes longer than the timeout in all, with pauses that are shorter. */
    private static void drip(Answer answer, Socket client) throws IOException {
        byte[] bytes = answer.whole();
        client.setSoTimeout(DRIP_PAUSE);
        for (int i = 0; i < DRIPS; i++) {
            int from = bytes.length * i / DRIPS;
            client.getOutputStream().write(bytes, from, bytes.length * (i + 1) / DRIPS - from);
            try {
                if (client.getInputStream().read() < 0) {
                    return; // nobody listens any more
                }
            } catch (SocketTimeoutException e) {
                // that's the pause
            }
        }
    }
}
