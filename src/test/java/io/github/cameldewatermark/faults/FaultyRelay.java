package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.faults.Trouble.Reach;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the component and a platform and spoils one kind of call. What was to reach the platform did, and is in
 * its ledger, whatever the component gets to hear of it. The API and its storage are two ports, as they are two hosts.
 */
final class FaultyRelay implements AutoCloseable {

    /** How often the trouble happens. */
    enum Mode {
        ALWAYS,
        ONCE,
        NEVER
    }

    private static final byte[] SOMETHING = Answer.ascii("it is stored");

    private final String platform;
    private final Call spoiled;
    private final Trouble trouble;
    private final RelayPort api = new RelayPort(this::serve);
    private final RelayPort storage = new RelayPort(this::serve);
    private final Map<Call, AtomicInteger> requests = new EnumMap<>(Call.class);
    private Mode mode;

    FaultyRelay(String platform, Call spoiled, Trouble trouble, Mode mode) {
        this.platform = platform;
        this.spoiled = spoiled;
        this.trouble = trouble;
        this.mode = mode;
        for (Call call : Call.values()) {
            requests.put(call, new AtomicInteger());
        }
        if (trouble.reach() == Reach.NOT_CONNECTED && before(spoiled) == null) {
            port(spoiled).close();
        }
    }

    String url() {
        return api.url();
    }

    /** How many requests of a kind have arrived here. */
    int requests(Call call) {
        return requests.get(call).get();
    }

    int requests() {
        return requests.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** From now on all is well. */
    synchronized void heal() {
        mode = Mode.NEVER;
        port(spoiled).open();
    }

    private synchronized boolean isSpoiled(Call call) {
        if (call == before(spoiled) && trouble.reach() == Reach.NOT_CONNECTED && mode != Mode.NEVER) {
            port(spoiled).close();
        }
        boolean spoils = call == spoiled && mode != Mode.NEVER;
        if (spoils && mode == Mode.ONCE) {
            mode = Mode.NEVER;
        }
        return spoils;
    }

    private RelayPort port(Call call) {
        return call.isSigned() ? storage : api;
    }

    /** After which call the next one to the port of this one is this one; {@code null}: it is the first one there. */
    private static Call before(Call call) {
        return switch (call) {
            case CREDIT, ERASE, CREATE_UPLOAD, UPLOAD -> null;
            case SUBMIT -> Call.UPLOAD;
            case STATUS, DOWNLOAD -> Call.SUBMIT;
        };
    }

    private void serve(Socket client) throws IOException {
        String head = Answer.head(client.getInputStream());
        Call call = call(head);
        requests.get(call).incrementAndGet();
        if (!isSpoiled(call)) {
            Trouble.whole(forward(head, client.getInputStream()), client);
        } else if (trouble.reach() == Reach.NOT_READ) {
            trouble.delivery().send(null, client);
        } else if (trouble.reach() == Reach.READ) {
            client.getInputStream().readNBytes(length(head));
            trouble.delivery().send(null, client);
        } else {
            Answer answer = forward(head, client.getInputStream());
            trouble.delivery().send(answer.body().length == 0 ? answer.with(SOMETHING) : answer, client);
        }
    }

    private static Call call(String head) {
        String[] words = head.split(" ", 3);
        boolean get = words[0].equals("GET");
        String path = words[1];
        if (path.startsWith("/api/creditInfo")) {
            return Call.CREDIT;
        } else if (path.startsWith("/api/object_removal/")) {
            return Call.ERASE;
        } else if (path.startsWith("/api/video/v1/upload")) {
            return Call.CREATE_UPLOAD;
        } else if (path.startsWith("/api/video/v1/tasks")) {
            return get ? Call.STATUS : Call.SUBMIT;
        }
        return get ? Call.DOWNLOAD : Call.UPLOAD;
    }

    private Answer forward(String head, InputStream body) throws IOException {
        URI target = URI.create(platform);
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            String alone = head.replaceFirst("(?i)\r\nConnection: [^\r]*", "");
            server.getOutputStream().write(Answer.ascii(alone.replaceFirst("\r\n", "\r\nConnection: close\r\n")));
            server.getOutputStream().write(body.readNBytes(length(head)));
            Answer answer = Answer.read(server.getInputStream());
            String type = answer.headers().getOrDefault("content-type", "");
            return type.contains("json") ? answer.with(withStorageHere(answer.body())) : answer;
        }
    }

    private byte[] withStorageHere(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return text.replace(platform + "/", storage.url() + "/").getBytes(StandardCharsets.UTF_8);
    }

    private static int length(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        api.remove();
        storage.remove();
    }
}
