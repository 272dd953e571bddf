package com.example.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code etc/com.example.dewatermark.cfg} says.
 *
 * @param folder          with the folders {@code inbox}, {@code outbox} and {@code failed}
 * @param shutdownTimeout seconds that files under way have when the bundle stops or its settings change
 * @param options         all else: options of the component
 */
record Settings(Path folder, int shutdownTimeout, Map<String, String> options) {

    static final String PID = "com.example.dewatermark";
    static final String FILE = "etc/" + PID + ".cfg";

    private static final String FOLDER = "folder";
    private static final String API_KEY = "apiKey";
    private static final String SHUTDOWN_TIMEOUT = "shutdownTimeout";
    /** Longer than responseTimeout of the component: a picture that is paid for is stored. */
    private static final int DEFAULT_SHUTDOWN_TIMEOUT = 310;

    /**
     * @throws BadSettingException one is missing, or can't be used
     */
    static Settings of(Dictionary<String, ?> configuration) throws BadSettingException {
        Map<String, String> all = new TreeMap<>();
        for (String name : Collections.list(configuration.keys())) {
            if (!isOfTheFramework(name)) {
                all.put(name, configuration.get(name).toString().trim());
            }
        }
        if (all.getOrDefault(API_KEY, "").isEmpty()) {
            throw new BadSettingException(API_KEY + " is missing");
        }
        Path folder = folder(all.remove(FOLDER));
        int shutdownTimeout = seconds(SHUTDOWN_TIMEOUT, all.remove(SHUTDOWN_TIMEOUT), DEFAULT_SHUTDOWN_TIMEOUT);
        return new Settings(folder, shutdownTimeout, all);
    }

    /** Not the options, as they contain the key. */
    @Override
    public String toString() {
        return folder.toString();
    }

    /** Karaf adds where a configuration comes from. */
    private static boolean isOfTheFramework(String name) {
        return name.startsWith("service.") || name.startsWith("felix.") || name.startsWith("org.apache.karaf.");
    }

    private static Path folder(String value) throws BadSettingException {
        if (value == null || value.isEmpty()) {
            throw new BadSettingException(FOLDER + " is missing");
        }
        Path folder = Path.of(value).toAbsolutePath();
        for (String part : new String[] {"inbox", "outbox", "failed"}) {
            Path path = folder.resolve(part);
            try {
                Files.createDirectories(path);
            } catch (IOException e) {
                throw new BadSettingException(
                        FOLDER + " = " + value + " can't be used: no folder can be made at " + path);
            }
            if (!Files.isWritable(path)) {
                throw new BadSettingException(
                        FOLDER + " = " + value + " can't be used: " + path + " can't be written to");
            }
        }
        return folder;
    }

    private static int seconds(String name, String value, int byDefault) throws BadSettingException {
        if (value == null) {
            return byDefault;
        }
        try {
            int seconds = Integer.parseInt(value);
            if (seconds > 0) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadSettingException(name + " = " + value + " is no number of seconds above 0");
    }
}
