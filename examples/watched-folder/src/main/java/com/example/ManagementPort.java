package com.example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Tries the address of {@code /health} and {@code /metrics} before anything is started. When somebody else listens there,
 * Camel itself only warns, and works on unseen.
 */
final class ManagementPort extends MainListenerSupport {

    @Override
    public void beforeStart(BaseMainSupport main) {
        HttpManagementServerConfigurationProperties server =
                ((Main) main).configure().httpManagementServer();
        if (!server.isEnabled()) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(server.getHost(), server.getPort()));
        } catch (IOException | IllegalArgumentException e) { // the latter: there is no such port
            throw new IllegalArgumentException(
                    "The settings camel.management.host and camel.management.port don't do: can't listen on "
                            + server.getHost() + ":" + server.getPort() + " (" + e.getMessage() + ")",
                    e);
        }
    }
}
