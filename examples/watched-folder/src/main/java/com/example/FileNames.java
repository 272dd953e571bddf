package com.example;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when the JVM can't read all file names, because it was started without a locale. That is no reason not to start:
 * names in ASCII need none.
 */
final class FileNames extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(FileNames.class);

    @Override
    public void beforeStart(BaseMainSupport main) {
        try {
            Path.of("Bürger 東京.jpg");
        } catch (InvalidPathException e) {
            LOG.warn(
                    "Files whose names aren't in {} stay in the inbox. Set LC_ALL=C.UTF-8 in the environment.",
                    Charset.forName(System.getProperty("sun.jnu.encoding")));
        }
    }
}
