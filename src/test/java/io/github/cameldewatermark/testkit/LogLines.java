package io.github.cameldewatermark.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged at a level or above it while this is open. What the sandbox logs isn't what users see. */
public class LogLines extends AbstractAppender implements AutoCloseable {

    private final Logger logger;
    private final Level level;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    public LogLines(String logger, Level level) {
        super(level + " of " + logger, null, null, true, Property.EMPTY_ARRAY);
        this.logger = (Logger) LogManager.getLogger(logger);
        this.level = level;
        start();
        this.logger.addAppender(this);
    }

    /** All that this component tells an operator. */
    public static LogLines infos() {
        return new LogLines("io.github.cameldewatermark", Level.INFO);
    }

    /** What one class tells an operator. */
    public static LogLines infosOf(Class<?> type) {
        return new LogLines(type.getName(), Level.INFO);
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel().isMoreSpecificThan(level) && !event.getLoggerName().contains(".sandbox.")) {
            messages.add(event.getMessage().getFormattedMessage());
        }
    }

    public List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
