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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.OptimizedFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code filter} of a file, FTP or SFTP consumer: lets those files through whose names keep the {@link NameRule}. A file
 * whose name doesn't is set aside: a local one is moved to a folder under a safe name, with a text file beside it that gives
 * the reason. One on a server stays there, as its name can't be trusted even for moving it; the text file names it. A filter
 * sees a file before anything else does, so nothing is locked, downloaded or named after it. It also sees files that the
 * consumer doesn't include, but no names that begin with a dot: those are hidden files to Camel.
 */
public class NameFilter implements OptimizedFileFilter {

    private static final Logger LOG = LoggerFactory.getLogger(NameFilter.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** JSch takes them for patterns, and finds no file to be renamed. */
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    private final Path aside;
    private final Charset charset;

    /** Of which an operator knows already that they can't be moved. */
    private final Set<String> immovable = ConcurrentHashMap.newKeySet();

    /** @param aside the folder for files that are set aside; it is created when it is needed */
    public NameFilter(String aside) {
        this(aside, StandardCharsets.UTF_8.name());
    }

    /** @param charset what the names must be representable in, because files are delivered to a server that uses it */
    public NameFilter(String aside, String charset) {
        this.aside = Path.of(aside);
        this.charset = Charset.forName(charset);
    }

    @Override
    public Boolean accept(String name) {
        // the other method decides about the others, as it has the file
        return problem(name).isEmpty() && !WILDCARD.matcher(name).find() ? Boolean.TRUE : null;
    }

    /** The interface has the raw type. */
    @Override
    @SuppressWarnings("rawtypes")
    public boolean accept(GenericFile file) {
        String name = file.getFileNameOnly();
        Optional<String> problem = problem(name);
        if (problem.isEmpty()
                && !(file.getFile() instanceof File)
                && WILDCARD.matcher(name).find()) {
            problem = Optional.of("it contains a wildcard, so it can't be moved on the server");
        }
        if (problem.isPresent() && !file.isDirectory()) {
            setAside(name, problem.get(), file.getFile());
        }
        return problem.isEmpty();
    }

    private Optional<String> problem(String name) {
        return NameRule.problem(name)
                .or(() -> charset.newEncoder().canEncode(name)
                        ? Optional.empty()
                        : Optional.of("it can't be encoded in " + charset));
    }

    private void setAside(String name, String problem, Object file) {
        String reason = NameRule.printable(name) + " was not processed because of its name: " + problem
                + ". Nothing was sent, nothing was charged. Give it another name and put it back.";
        try {
            if (file instanceof File local) {
                tell(move(local.toPath()), reason);
                immovable.remove(name);
            } else if (!Files.exists(text(NameRule.safe(name)))) {
                tell(NameRule.safe(name), reason);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("Another node was faster: {}", e.getMessage());
        } catch (IOException | InvalidPathException e) {
            if (immovable.add(name)) {
                LOG.warn("{} It stays where it is, because it can't be moved to {}: {}", reason, aside, e.toString());
            }
        }
    }

    /** Returns the name that the file has got. */
    private String move(Path file) throws IOException {
        Folder folder = Folder.Local.created(aside, Bytes.of(file.toFile()));
        String name = NameRule.safe(file.getFileName().toString());
        String free = GivenNames.firstFree(aside.toString(), name, folder::isFree);
        Files.move(file, aside.resolve(free), StandardCopyOption.REPLACE_EXISTING);
        return free;
    }

    private void tell(String name, String reason) throws IOException {
        Files.createDirectories(aside);
        Files.writeString(text(name), TIME.format(LocalDateTime.now()) + " " + reason + "\n");
        LOG.warn("{} ({})", reason, text(name));
    }

    private Path text(String name) {
        return aside.resolve(name + ".txt");
    }
}
