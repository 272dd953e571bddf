package io.github.cameldewatermark.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.WrappedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start what is wrong with the class path, which would show later as errors that say nothing. */
public final class Surroundings {

    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

    /** Has the version and all options. */
    private static final String CATALOG = "META-INF/io/github/cameldewatermark/dewatermark.json";

    private Surroundings() {}

    /**
     * Refuses an older Camel, with which something might fail after it was paid for. Another version of the component is only a
     * warning: what runs comes from one of them.
     *
     * @throws IllegalStateException if Camel is too old
     */
    public static void check(CamelContext context) {
        if (isOlderCamel()) {
            throw new IllegalStateException("camel-dewatermark needs Camel 4.18 or later, and this is Camel "
                    + context.getVersion() + ": update Camel");
        }
        try {
            warnOfOtherVersions();
        } catch (IOException e) {
            LOG.debug("The class path can't be searched for other versions of camel-dewatermark", e);
        }
    }

    /**
     * Looks for what is new in Camel 4.18. The version that a context tells isn't good enough to refuse it: where all jars are
     * merged into one, it may be that of the application.
     */
    private static boolean isOlderCamel() {
        try {
            WrappedFile.class.getMethod("getFileLength");
            return false;
        } catch (NoSuchMethodException e) {
            return true;
        }
    }

    private static void warnOfOtherVersions() throws IOException {
        // the same jar is one, however many class loaders see it
        Map<String, URL> catalogs = new TreeMap<>();
        for (URL url : Collections.list(Surroundings.class.getClassLoader().getResources(CATALOG))) {
            catalogs.put(url.toString().replace(CATALOG, ""), url);
        }
        if (catalogs.size() > 1 && differ(catalogs.values())) {
            LOG.warn(
                    "There are several versions of camel-dewatermark on the class path, and their order decides which one runs:"
                            + " {}. Remove all but one",
                    catalogs.keySet());
        }
    }

    private static boolean differ(Collection<URL> files) throws IOException {
        Set<String> contents = new HashSet<>();
        for (URL file : files) {
            URLConnection connection = file.openConnection();
            connection.setUseCaches(false); // else the jar would stay open
            try (InputStream content = connection.getInputStream()) {
                contents.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return contents.size() > 1;
    }
}
