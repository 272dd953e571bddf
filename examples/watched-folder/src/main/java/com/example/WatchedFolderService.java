package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel Main with the route {@code watched-folder.camel.yaml}, until it is stopped. What isn't set otherwise is in
 * {@code defaults.properties}. A start that fails is one line in the log, and the exit code {@link #NOT_STARTED}. With the argument
 * {@code status}, it says how the service is instead.
 */
public final class WatchedFolderService {

    /** What {@code sysexits.h} calls EX_CONFIG: who starts it again without a change gets the same. */
    static final int NOT_STARTED = 78;

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolderService.class);

    private WatchedFolderService() {}

    public static void main(String[] args) throws IOException {
        // the server of /health doesn't need what JDK 24 and later print a warning about
        System.setProperty("io.netty.noUnsafe", "true");
        boolean asksForStatus = args.length > 0 && args[0].equals("status");
        System.exit(asksForStatus ? StatusCommand.run(Arrays.copyOfRange(args, 1, args.length)) : run(args));
    }

    private static int run(String[] args) throws IOException {
        Main camel = new Main();
        camel.setInitialProperties(defaults());
        camel.addMainListener(new FileNames());
        camel.addMainListener(new WorkFolders());
        camel.addMainListener(new ManagementPort());
        try {
            int exitCode = camel.run(args);
            // there is none if Camel didn't understand the arguments
            return camel.getCamelContext() == null ? NOT_STARTED : exitCode;
        } catch (Throwable e) { // also that a library isn't there
            LOG.error("Not started. {}", StartFailure.reason(e));
            LOG.debug("All of it, without messages:", StartFailure.withoutMessages(e));
            camel.completed(); // else Camel takes the end of this process for a SIGTERM
            return NOT_STARTED;
        }
    }

    static Properties defaults() throws IOException {
        Properties defaults = new Properties();
        try (InputStream in = WatchedFolderService.class.getResourceAsStream("/defaults.properties")) {
            defaults.load(in);
        }
        return defaults;
    }
}
