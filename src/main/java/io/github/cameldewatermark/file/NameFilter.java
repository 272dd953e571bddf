package io.github.cameldewatermark.file;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code filter} of a file, FTP or SFTP consumer: lets pictures, clips or PDFs through whose names keep the {@link NameRule}.
 *
 * <ul>
 *   <li>What is of another kind by its extension stays where it is, and is named once in the log. What has no extension passes.
 *   <li>A file whose name breaks the rule is set aside: a local one is moved to a folder under a safe name, with a text file
 *       beside it that gives the reason. One on a server stays there, as its name can't be trusted even for moving it; the text
 *       file names it.
 * </ul>
 *
 * <p>A filter sees a file before anything else does, so nothing is locked, downloaded or named after it. It doesn't see names
 * that begin with a dot: those are hidden files to Camel.
 */
public class NameFilter implements GenericFileFilter<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(NameFilter.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** JSch takes them for patterns, and finds no file to be renamed. */
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    /** More would be of no use to whoever reads the log. */
    private static final int MOST_REPORTED = 1000;

    private final Path aside;
    private final String kinds;
    private final Set<FileKind> wanted;
    private final Charset charset;

    /** The names of files that stay where they are, which the log has already. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** @param aside the folder for files that are set aside; it is created when it is needed */
    public NameFilter(String aside) {
        this(aside, "a picture or a clip");
    }

    /** @param kinds {@code a picture}, {@code a clip}, {@code a picture or a clip}, or {@code a PDF} */
    public NameFilter(String aside, String kinds) {
        this(aside, kinds, StandardCharsets.UTF_8.name());
    }

    /** @param charset what the names must be representable in, because files are delivered to a server that uses it */
    public NameFilter(String aside, String kinds, String charset) {
        this.aside = Path.of(aside);
        this.kinds = kinds;
        this.wanted = wanted(kinds);
        this.charset = Charset.forName(charset);
    }

    private static Set<FileKind> wanted(String kinds) {
        return switch (kinds) {
            case "a picture" -> EnumSet.of(FileKind.PICTURE, FileKind.NO_EXTENSION);
            case "a clip" -> EnumSet.of(FileKind.CLIP, FileKind.NO_EXTENSION);
            case "a picture or a clip" -> EnumSet.of(FileKind.PICTURE, FileKind.CLIP, FileKind.NO_EXTENSION);
            case "a PDF" -> EnumSet.of(FileKind.PDF, FileKind.NO_EXTENSION);
            default ->
                throw new IllegalArgumentException(
                        "A NameFilter is for a picture, a clip, a picture or a clip, or a PDF, and not for " + kinds);
        };
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        String name = file.getFileNameOnly();
        if (!file.isDirectory() && !wanted.contains(FileKind.of(name))) {
            if (isNew(name)) {
                LOG.info("{} stays where it is: its name isn't that of {}", NameRule.printable(name), kinds);
            }
            return false;
        }
        String problem = NameRule.problem(name).orElse(null);
        if (problem == null && !charset.newEncoder().canEncode(name)) {
            problem = "it can't be encoded in " + charset;
        }
        if (problem == null
                && !(file.getFile() instanceof File)
                && WILDCARD.matcher(name).find()) {
            problem = "it contains a wildcard, so it can't be moved on the server";
        }
        if (problem != null && !file.isDirectory()) {
            setAside(name, problem, file.getFile());
        }
        return problem == null;
    }

    private void setAside(String name, String problem, Object file) {
        String reason = NameRule.printable(name) + " was not processed because of its name: " + problem
                + ". Nothing was sent, nothing was charged. Give it another name and put it back.";
        try {
            if (file instanceof File local) {
                report(move(local.toPath()), reason);
                reported.remove(name);
            } else if (!Files.exists(text(NameRule.safe(name)))) {
                report(NameRule.safe(name), reason);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("Another node was faster: {}", e.getMessage());
        } catch (IOException | InvalidPathException e) {
            if (isNew(name)) {
                LOG.warn("{} It stays where it is, because it can't be moved to {}: {}", reason, aside, e.toString());
            }
        }
    }

    private boolean isNew(String name) {
        return reported.size() < MOST_REPORTED && reported.add(name);
    }

    private String move(Path file) throws IOException {
        Folder folder = Folder.Local.created(aside, Bytes.of(file.toFile()));
        String name = NameRule.safe(file.getFileName().toString());
        String free = ReservedNames.firstFree(aside.toString(), name, folder::isFree);
        Files.move(file, aside.resolve(free), StandardCopyOption.REPLACE_EXISTING);
        return free;
    }

    private void report(String name, String reason) throws IOException {
        Files.createDirectories(aside);
        Files.writeString(text(name), TIME.format(LocalDateTime.now()) + " " + reason + "\n");
        LOG.warn("{} ({})", reason, text(name));
    }

    private Path text(String name) {
        return aside.resolve(name + ".txt");
    }
}
