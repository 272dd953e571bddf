package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Accounts;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.EraseRequest;
import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.TaskKind;
import io.github.cameldewatermark.sandbox.platform.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The paths of the API, as its sections "HTTP Request" have them, of its storage, and of the overview. */
final class Routes {

    static final String ERASE = "/api/object_removal/v2/erase_watermark";
    static final String ERASE_V3 = "/api/object_removal/v3/erase_watermark";
    static final String ERASE_PRO = "/api/object_removal/v1/erase_watermark_pro";
    static final String VIDEO = "/api/video/v1/";
    static final String PDF = "/api/pdf/v1/";
    static final String UPLOAD = "upload";
    static final String TASKS = "tasks";
    static final String CREDIT = "/api/creditInfo";

    private final Accounts accounts;
    private final RateLimit limit;
    private final Signature signature;
    private final List<Route> routes = new ArrayList<>();

    Routes(Platform platform, RateLimit limit, String baseUrl, String apiKey) {
        this.accounts = platform.accounts();
        this.limit = limit;
        this.signature = new Signature(platform.urls());
        routes.addAll(List.of(
                new Route(null, "GET", Pattern.compile("/"), new Overview(baseUrl, apiKey)),
                api(Call.ERASE, "POST", Pattern.quote(ERASE), new EraseResource(platform, EraseRequest.Model.V2)),
                api(Call.ERASE, "POST", Pattern.quote(ERASE_V3), new EraseResource(platform, EraseRequest.Model.V3)),
                api(Call.ERASE, "POST", Pattern.quote(ERASE_PRO), new EraseProResource(platform)),
                api(Call.CREDIT, "GET", Pattern.quote(CREDIT), new CreditResource(platform))));
        Tasks videos = platform.tasks(TaskKind.VIDEO).orElseThrow();
        addTasks(VIDEO, videos, platform, new VideoJson(platform, videos, baseUrl));
        platform.tasks(TaskKind.PDF)
                .ifPresentOrElse(
                        pdfs -> addTasks(PDF, pdfs, platform, new PdfJson(platform, baseUrl)),
                        () -> addMissing(
                                PDF,
                                "PDFs need a library that isn't here: add the dependency"
                                        + " org.apache.pdfbox:pdfbox to the class path of the sandbox"));
    }

    private void addTasks(String path, Tasks tasks, Platform platform, TaskJson json) {
        addApi(
                path,
                new CreateUploadResource(tasks, json),
                new SubmitResource(tasks, platform.data(), json),
                new StatusResource(tasks, json));
        routes.add(storage(Call.UPLOAD, tasks.kind().uploads(), new UploadResource(tasks, signature)));
        routes.add(storage(Call.DOWNLOAD, tasks.kind().results(), new DownloadResource(tasks, signature)));
    }

    private void addMissing(String path, String why) {
        AccountResource missing = (request, account) -> Reply.error(501, why);
        addApi(path, missing, missing, missing);
    }

    private void addApi(String path, AccountResource create, AccountResource submit, AccountResource status) {
        routes.add(api(Call.CREATE_UPLOAD, "POST", Pattern.quote(path + UPLOAD), create));
        routes.add(api(Call.SUBMIT, "POST", Pattern.quote(path + TASKS), submit));
        routes.add(api(Call.STATUS, "GET", Pattern.quote(path + TASKS) + "/[^/]+", status));
    }

    private Route api(Call call, String method, String path, AccountResource resource) {
        return new Route(call, method, Pattern.compile(path), resource.behindKey(accounts, limit));
    }

    /** A wrong method is a wrong signature there. */
    private static Route storage(Call call, String folder, Resource resource) {
        return new Route(call, null, Pattern.compile(Pattern.quote(folder) + "[^/]+"), resource);
    }

    Optional<Route> find(String path) {
        return routes.stream().filter(route -> route.isAt(path)).findFirst();
    }
}
