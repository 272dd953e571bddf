package com.example;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A broker to try the nodes with, for this machine only and without passwords. Arguments: the port, 0 for any free one,
 * and the folder that keeps the messages.
 */
public final class Broker {

    static final String READY = "Broker on ";
    static final String DEAD_LETTERS = "DLQ";

    private Broker() {}

    public static void main(String[] args) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(args[0], Path.of(args[1])));
        broker.start();
        NettyAcceptor acceptor =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("tcp");
        System.out.println(READY + "tcp://127.0.0.1:" + acceptor.getActualPort());
        new CountDownLatch(1).await(); // until it is stopped
    }

    private static Configuration configuration(String port, Path folder) throws Exception {
        return new ConfigurationImpl()
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(1 << 20)
                .setMaxDiskUsage(-1)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addQueueConfiguration(QueueConfiguration.of(DEAD_LETTERS).setRoutingType(RoutingType.ANYCAST))
                .addAddressSetting("#", settings());
    }

    /** Without a dead letter queue, Artemis drops what could not be delivered. */
    private static AddressSettings settings() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(DEAD_LETTERS))
                .setMaxDeliveryAttempts(10)
                .setRedeliveryDelay(5000);
    }
}
