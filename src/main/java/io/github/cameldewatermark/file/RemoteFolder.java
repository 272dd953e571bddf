package io.github.cameldewatermark.file;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;

/**
 * A folder of an FTP or SFTP server. It has a connection of its own, as those of Camel's producers and consumers can't be
 * reached. It doesn't compare bytes, because it would have to fetch them: whatever has a name keeps it. A class of its own,
 * because camel-ftp is optional.
 */
final class RemoteFolder implements Folder {

    private final RemoteFileOperations<?> server;
    private final String directory;

    private RemoteFolder(RemoteFileOperations<?> server, String directory) {
        this.server = server;
        this.directory = directory;
    }

    static RemoteFolder open(Endpoint endpoint, String directory, Exchange exchange) {
        if (!(endpoint instanceof RemoteFileEndpoint<?> remote)) {
            throw new IllegalArgumentException("This is not an FTP or SFTP endpoint: " + endpoint);
        }
        try {
            RemoteFileOperations<?> server = remote.createRemoteFileOperations();
            server.connect(remote.getConfiguration(), exchange);
            return new RemoteFolder(server, directory);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    @Override
    public boolean isFree(String name) {
        String path = directory.isEmpty() ? name : directory + "/" + name;
        boolean free = !server.existsFile(path);
        if (free && server instanceof FtpOperations ftp) {
            checkThatItCouldLook(ftp.getClient());
        }
        return free;
    }

    /** To Camel, a listing that was refused is an empty one. A folder that isn't there is refused with 450 or 550. */
    private static void checkThatItCouldLook(FTPClient client) {
        int reply = client.getReplyCode();
        if (!FTPReply.isPositiveCompletion(reply)
                && reply != FTPReply.FILE_ACTION_NOT_TAKEN
                && reply != FTPReply.FILE_UNAVAILABLE) {
            throw new GenericFileOperationFailedException(
                    reply, client.getReplyString(), "Can't list which names are taken");
        }
    }

    @Override
    public void close() {
        server.disconnect();
    }

    @Override
    public String toString() {
        return directory;
    }
}
