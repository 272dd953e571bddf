package com.example;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** What the broker says about its queues. */
final class Queues implements AutoCloseable {

    private final QueueConnection connection;
    private final QueueSession session;
    private final QueueRequestor management;

    Queues(String brokerUrl) throws JMSException {
        connection = new ActiveMQConnectionFactory(brokerUrl).createQueueConnection();
        connection.start();
        session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue address = session.createQueue("activemq.management");
        management = new QueueRequestor(session, address);
    }

    /** How many messages there are, those that somebody works on or that are delayed included. */
    long messages(String queue) throws Exception {
        Message question = session.createMessage();
        JMSManagementHelper.putAttribute(question, ResourceNames.QUEUE + queue, "messageCount");
        return ((Number) JMSManagementHelper.getResult(management.request(question))).longValue();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
