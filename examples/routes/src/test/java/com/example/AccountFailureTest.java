package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.SuspendableService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that is refused isn't a failure of the files: they stay in the inbox, and go on when it is accepted. */
@Timeout(240)
class AccountFailureTest {

    @TempDir
    private Path folder;

    private Destinations destinations;
    private RouteRun run;

    @BeforeEach
    void startServers() throws Exception {
        destinations = new Destinations(folder.resolve("server"));
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        destinations.close();
    }

    @ParameterizedTest
    @CsvSource({
        "watched-folder, watched-folder, folder, jpg",
        "watched-folder, watched-folder, folder, mp4",
        "watched-folder.camel.xml, watched-folder, folder, jpg",
        "WatchedFolder.java, watched-folder, folder, jpg",
        "ftp-to-folder, ftp-to-folder, ftp.folder, jpg",
        "ftp-to-s3, ftp-to-s3, ftp.folder, jpg",
        "sftp-to-s3, sftp-to-s3, sftp.folder, jpg",
        "folder-to-ftp, folder-to-ftp, toftp.folder, jpg",
        "refine, refine, refine.folder, jpg",
        "video-folder, video-folder, video.folder, mp4",
        "pdf-folder, pdf-folder, pdf.folder, pdf",
        "shared-folder, shared-folder, folder, jpg",
        "shared-folder, shared-folder, folder, mp4"
    })
    void filesWaitInTheInboxUntilTheKeyIsAccepted(String file, String route, String property, String kind)
            throws Exception {
        run = destinations.run(file, property, folder);
        for (Call call : List.of(Call.CREDIT, Call.ERASE, Call.CREATE_UPLOAD)) {
            run.sandbox().faults().on(call).always().inject(Fault.status(401));
        }
        run.start();
        for (int i = 0; i < 3; i++) {
            Samples.drop(
                    folder.resolve("inbox/" + i + "." + kind),
                    switch (kind) {
                        case "jpg" -> Samples.numbered(i);
                        case "pdf" -> Samples.pdf(1 + i);
                        default -> Samples.clip();
                    });
        }
        SuspendableService consumer =
                (SuspendableService) run.context().getRoute(route).getConsumer();
        soon().until(() ->
                consumer.isSuspended() && run.context().getInflightRepository().size() == 0);
        assertThat(Batch.names(folder.resolve("inbox"))).hasSize(3);

        run.sandbox().faults().clear();

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox/.done")))
                .hasSize(3));
        assertThat(folder.resolve("failed")).doesNotExist();
    }
}
