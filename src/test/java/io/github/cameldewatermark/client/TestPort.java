package io.github.cameldewatermark.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of the loopback address that can be closed for a while, and stays ours meanwhile. */
public final class TestPort {

    /** What is done with one connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Service {
        void serve(Socket client) throws IOException;
    }

    private final Service service;
    private final InetSocketAddress address;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private ServerSocket open;
    private Thread acceptor;
    private Socket closed;

    public TestPort(Service service) {
        this.service = service;
        this.address = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public String url() {
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** From now on connections are refused: the port is bound, but nobody listens there. */
    public synchronized void close() {
        if (closed == null) {
            try {
                open.close();
                acceptor.join(); // until then the port is taken
                closed = new Socket();
                closed.setReuseAddress(true);
                closed.bind(address);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public synchronized void open() {
        if (closed != null) {
            try {
                closed.close();
                closed = null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listen(address);
        }
    }

    public int connections() {
        return clients.size();
    }

    /** For good. */
    public synchronized void remove() {
        try {
            open.close();
            if (closed != null) {
                closed.close();
                closed = null; // it can't be opened any more
            }
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InetSocketAddress listen(InetSocketAddress at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(at);
            open = socket;
            acceptor = daemon(() -> accept(socket));
            return (InetSocketAddress) socket.getLocalSocketAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            service.serve(client);
        } catch (IOException e) {
            // the client went away
        } finally {
            clients.remove(client);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "test port");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
