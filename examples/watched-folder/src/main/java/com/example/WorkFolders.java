package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Makes the folders of the route, and writes to each, before anything is started. Camel does that with the first file,
 * which is paid for by then.
 */
final class WorkFolders extends MainListenerSupport {

    private static final List<String> PARTS = List.of("inbox", "inbox/.done", "outbox", "failed");

    @Override
    public void beforeStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Path folder = path(context, "folder");
        List<Path> folders = PARTS.stream().map(folder::resolve).toList();
        folders.forEach(part -> check("folder", part));
        Path journal = path(context, "journal");
        if (Files.exists(journal)) { // else the component makes it, so that only we can read it
            check("journal", journal);
        }
        context.getRegistry().bind("folders", new FolderHealth(folders));
    }

    private static Path path(CamelContext context, String setting) {
        String value = context.resolvePropertyPlaceholders("{{" + setting + "}}");
        try {
            return Path.of(value).toAbsolutePath();
        } catch (InvalidPathException e) { // see FileNames
            throw new IllegalArgumentException(
                    "The setting " + setting + " doesn't do: " + value + " is no path (" + e.getReason() + ")", e);
        }
    }

    private static void check(String setting, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable-", null));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The setting " + setting + " doesn't do: " + folder + " can't be created or written (" + e + ")",
                    e);
        }
    }
}
