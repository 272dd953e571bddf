package com.example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the address of {@code /health} and {@code /metrics} before anything is started. When somebody else listens there,
 * Camel itself only warns, and works on unseen. Afterwards says the URLs, which Camel does with 0.0.0.0 whatever the host.
 */
final class ManagementPort extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

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

    @Override
    public void afterStart(BaseMainSupport main) {
        HttpManagementServerConfigurationProperties server =
                ((Main) main).configure().httpManagementServer();
        if (server.isEnabled()) {
            LOG.info(
                    "Health is at {} and metrics at {}",
                    url(server, server.getHealthPath()),
                    url(server, main.getCamelContext().resolvePropertyPlaceholders("{{camel.metrics.path}}")));
        }
    }

    /** One to open: that all addresses are listened on is no address. */
    private static URI url(HttpManagementServerConfigurationProperties server, String path) {
        InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
        String host = address.getAddress().isAnyLocalAddress() ? "localhost" : server.getHost();
        try {
            return new URI("http", null, host, server.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
