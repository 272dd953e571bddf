package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;

/** {@link StrangeFiles} for an FTP server. */
final class StrangeFtpView implements FileSystemView {

    private final StrangeFiles files;
    private Path current;

    StrangeFtpView(StrangeFiles files) {
        this.files = files;
        current = files.home();
    }

    @Override
    public FtpFile getHomeDirectory() {
        return new StrangeFtpFile(files.home());
    }

    @Override
    public FtpFile getWorkingDirectory() {
        return new StrangeFtpFile(current);
    }

    @Override
    public boolean changeWorkingDirectory(String folder) {
        Path target = at(folder);
        if (!Files.isDirectory(target)) {
            return false;
        }
        current = target;
        return true;
    }

    @Override
    public FtpFile getFile(String path) {
        return new StrangeFtpFile(at(path));
    }

    private Path at(String path) {
        return files.at(path.startsWith("/") ? path : files.path(current) + "/" + path);
    }

    @Override
    public boolean isRandomAccessible() {
        return false;
    }

    @Override
    public void dispose() {}

    private final class StrangeFtpFile implements FtpFile {

        private final Path file;

        private StrangeFtpFile(Path file) {
            this.file = file;
        }

        @Override
        public String getAbsolutePath() {
            String path = files.path(file);
            return path.isEmpty() ? "/" : path;
        }

        @Override
        public String getName() {
            return files.listed(file);
        }

        @Override
        public boolean isHidden() {
            return false;
        }

        @Override
        public boolean isDirectory() {
            return Files.isDirectory(file);
        }

        @Override
        public boolean isFile() {
            return Files.isRegularFile(file);
        }

        @Override
        public boolean doesExist() {
            return Files.exists(file);
        }

        @Override
        public boolean isReadable() {
            return true;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public boolean isRemovable() {
            return true;
        }

        @Override
        public String getOwnerName() {
            return "stranger";
        }

        @Override
        public String getGroupName() {
            return "strangers";
        }

        @Override
        public int getLinkCount() {
            return 1;
        }

        @Override
        public long getLastModified() {
            return file.toFile().lastModified();
        }

        @Override
        public boolean setLastModified(long time) {
            return does(() -> Files.setLastModifiedTime(file, FileTime.fromMillis(time)));
        }

        @Override
        public long getSize() {
            return file.toFile().length();
        }

        @Override
        public Object getPhysicalFile() {
            return file.toFile();
        }

        @Override
        public boolean mkdir() {
            return does(() -> Files.createDirectory(file));
        }

        @Override
        public boolean delete() {
            return does(() -> Files.delete(file));
        }

        @Override
        public boolean move(FtpFile destination) {
            return !destination.doesExist() && does(() -> Files.move(file, ((StrangeFtpFile) destination).file));
        }

        @Override
        public List<? extends FtpFile> listFiles() {
            return files.children(file).stream().map(StrangeFtpFile::new).toList();
        }

        @Override
        public OutputStream createOutputStream(long offset) throws IOException {
            return Files.newOutputStream(file);
        }

        @Override
        public InputStream createInputStream(long offset) throws IOException {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
        }

        private static boolean does(Work work) {
            try {
                work.run();
                return true;
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
