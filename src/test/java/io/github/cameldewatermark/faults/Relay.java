package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.client.TestPort;
import io.github.cameldewatermark.faults.Trouble.Reach;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/**
 * Stands between the component and a platform and spoils calls. What was to reach the platform did, and is in its ledger,
 * whatever the component gets to hear of it. The API and its storage are two ports, as they are two hosts.
 */
final class Relay implements AutoCloseable {

    private static final byte[] SOMETHING = Answer.ascii("it is stored");

    private final String platform;
    private final Function<Call, Trouble> troubles;
    private final TestPort api = new TestPort(this::serve);
    private final TestPort storage = new TestPort(this::serve);

    /** @param troubles asked once for each call that arrives; {@code null}: none */
    Relay(String platform, Function<Call, Trouble> troubles) {
        this.platform = platform;
        this.troubles = troubles;
    }

    String url() {
        return api.url();
    }

    /** Where a call goes. */
    TestPort port(Call call) {
        return call.isSigned() ? storage : api;
    }

    /** From now on no connection comes about; those that are there go on. */
    void closePorts() {
        api.close();
        storage.close();
    }

    void openPorts() {
        api.open();
        storage.open();
    }

    /** How many connections are open. */
    int connections() {
        return api.connections() + storage.connections();
    }

    private void serve(Socket client) throws IOException {
        String head = Answer.head(client.getInputStream());
        Call call = call(head);
        Trouble trouble = troubles.apply(call);
        if (trouble == null) {
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
