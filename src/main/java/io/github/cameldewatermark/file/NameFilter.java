package io.github.cameldewatermark.file;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
 * sees a file before anything else does, so nothing is locked, downloaded or named after it.
 */
public class NameFilter implements OptimizedFileFilter {

    private static final Logger LOG = LoggerFactory.getLogger(NameFilter.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** JSch takes them for patterns, and finds no file to be renamed. */
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    private final Path aside;
    private final Charset charset;
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

    @Override
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
                        : Optional.of("it can't be written in " + charset));
    }

    private void setAside(String name, String problem, Object file) {
        String reason = NameRule.printable(name) + " isn't cleaned, because of its name: " + problem
                + ". Nothing was sent, nothing was charged. Give it another name and put it back.";
        try {
            Path target = aside.resolve(NameRule.safe(name));
            Path text = aside.resolve(target.getFileName() + ".txt");
            if (!(file instanceof File local)) {
                tell(text, reason);
            } else if (!immovable.contains(name)) {
                move(local.toPath(), target);
                tell(text, reason);
            }
        } catch (IOException | InvalidPathException e) {
            if (immovable.add(name)) {
                LOG.warn("{} It stays where it is, because it can't be moved to {}: {}", reason, aside, e.toString());
            }
        }
    }

    private void move(Path file, Path target) throws IOException {
        Files.createDirectories(aside);
        Folder folder = new LocalFolder(aside, Bytes.of(file.toFile()));
        String free =
                GivenNames.firstFree(aside.toString(), target.getFileName().toString(), folder::isFree);
        Files.move(file, aside.resolve(free), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the reason and logs it, once for each file. */
    private void tell(Path text, String reason) throws IOException {
        if (!Files.exists(text)) {
            Files.createDirectories(aside);
            Files.writeString(text, TIME.format(LocalDateTime.now()) + " " + reason + "\n");
            LOG.warn("{} ({})", reason, text);
        }
    }
}
