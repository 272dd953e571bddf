package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A piece of network in front of a server, on a free port, that can be cut and mended. */
final class Relay implements AutoCloseable {

    private final URI server;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance;

    Relay(String server) throws IOException {
        this.server = URI.create(server);
        port = listen(0);
    }

    int port() {
        return port;
    }

    /** Resets all connections, and refuses new ones. */
    void cut() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            reset(socket);
        }
    }

    /** New connections get through again. */
    void mend() throws IOException {
        listen(port);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private int listen(int where) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where));
        entrance = listening;
        daemon(() -> {
            while (true) {
                connect(listening.accept());
            }
        });
        return listening.getLocalPort();
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        Socket onward = new Socket(server.getHost(), server.getPort());
        open.add(onward);
        daemon(() -> pass(client, onward));
        daemon(() -> pass(onward, client));
        if (entrance.isClosed()) {
            reset(client);
            reset(onward);
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                to.getOutputStream().write(bytes, 0, n);
            }
        } finally {
            open.remove(from);
        }
    }

    /** So that the other side sees a reset, and not an orderly end. */
    private static void reset(Socket socket) throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one of the ends has gone
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
