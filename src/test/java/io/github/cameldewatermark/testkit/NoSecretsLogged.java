package io.github.cameldewatermark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The tests of a class log, Camel and this component at TRACE, no API key, and no signed URL with its query. For the tests of all
 * calls, and of all that handles a key or a signed URL.
 */
public final class NoSecretsLogged extends AbstractAppender implements BeforeAllCallback, AfterAllCallback {

    private static final String OWN = "io.github.cameldewatermark";
    private static final String CAMEL = "org.apache.camel";

    /** The keys of the tests, and what signs the URLs of the sandbox and of the tests. */
    private static final Pattern SECRET = Pattern.compile(
            "sandbox-key|test-key|s3cr3t|dw-Key|my-private-key"
                    + "|key-of-(?:one|other)|key-too|Signature=(?!…)|s1gned-by-storage",
            Pattern.CASE_INSENSITIVE);

    /** Camel shows the properties of a Kamelet below INFO, the key that a pipe gives it included. */
    private static final Pattern SECRET_OF_KAMELET = Pattern.compile("kamelet-key");

    /**
     * Here Camel itself shows the configuration as it is written, below INFO: the URI of an endpoint, and the properties
     * of camel-main. The reference warns of it.
     */
    private static final Set<String> SHOW_CONFIGURATION = Set.of(
            "org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.main.BaseMainSupport",
            "org.apache.camel.main.MainHelper",
            "org.apache.camel.management.JmxManagementLifecycleStrategy",
            "org.apache.camel.support.DefaultComponent",
            "org.apache.camel.support.EndpointHelper",
            "org.apache.camel.support.management.MixinRequiredModelMBean");

    private static final Pattern CONFIGURATION = Pattern.compile("apiKey=\\S*", Pattern.CASE_INSENSITIVE);

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final AtomicInteger traces = new AtomicInteger();

    NoSecretsLogged() {
        super("secrets", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        start();
        root().addAppender(this);
        // its classes, too, of which tests have listened to some
        Configurator.setAllLevels(OWN, Level.TRACE);
        Configurator.setLevel(CAMEL, Level.TRACE);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        Configurator.setAllLevels(OWN, Level.INFO);
        Configurator.setLevel(CAMEL, Level.INFO);
        root().removeAppender(this);
        stop();
        assertThat(leaks).isEmpty();
        assertThat(traces).as("lines below INFO").hasPositiveValue();
    }

    @Override
    public void append(LogEvent event) {
        boolean low = event.getLevel().isLessSpecificThan(Level.DEBUG);
        String line = event.getThreadName() + " " + event.getMessage().getFormattedMessage() + stackTrace(event);
        String shown = low && SHOW_CONFIGURATION.contains(event.getLoggerName())
                ? CONFIGURATION.matcher(line).replaceAll("")
                : line;
        if (SECRET.matcher(shown).find()
                || (!low && SECRET_OF_KAMELET.matcher(line).find())) {
            leaks.add(event.getLevel() + " " + event.getLoggerName() + " - " + line);
        }
        if (low) {
            traces.incrementAndGet();
        }
    }

    private static String stackTrace(LogEvent event) {
        if (event.getThrown() == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        event.getThrown().printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }

    private static Logger root() {
        return (Logger) LogManager.getRootLogger();
    }
}
