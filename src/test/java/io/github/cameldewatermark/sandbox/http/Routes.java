package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Accounts;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.EraseRequest;
import io.github.cameldewatermark.sandbox.platform.Platform;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The paths of the API, as its sections "HTTP Request" have them, of its storage, and of the overview. */
final class Routes {

    static final String ERASE = "/api/object_removal/v2/erase_watermark";
    static final String ERASE_V3 = "/api/object_removal/v3/erase_watermark";
    static final String ERASE_PRO = "/api/object_removal/v1/erase_watermark_pro";
    static final String UPLOAD = "/api/video/v1/upload";
    static final String TASKS = "/api/video/v1/tasks";
    static final String CREDIT = "/api/creditInfo";

    private final Accounts accounts;
    private final RateLimit limit;
    private final List<Route> routes;

    Routes(Platform platform, RateLimit limit, String baseUrl, String apiKey) {
        this.accounts = platform.accounts();
        this.limit = limit;
        TaskJson json = new TaskJson(platform, baseUrl);
        Signature signature = new Signature(platform.urls());
        routes = List.of(
                new Route(null, "GET", Pattern.compile("/"), new Overview(baseUrl, apiKey)),
                api(Call.ERASE, "POST", Pattern.quote(ERASE), new EraseResource(platform, EraseRequest.Model.V2)),
                api(Call.ERASE, "POST", Pattern.quote(ERASE_V3), new EraseResource(platform, EraseRequest.Model.V3)),
                api(Call.ERASE, "POST", Pattern.quote(ERASE_PRO), new EraseProResource(platform)),
                api(Call.CREATE_UPLOAD, "POST", Pattern.quote(UPLOAD), new CreateUploadResource(platform, baseUrl)),
                api(Call.SUBMIT, "POST", Pattern.quote(TASKS), new SubmitResource(platform, json)),
                api(Call.STATUS, "GET", Pattern.quote(TASKS) + "/[^/]+", new StatusResource(platform, json)),
                api(Call.CREDIT, "GET", Pattern.quote(CREDIT), new CreditResource(platform)),
                storage(Call.UPLOAD, Platform.UPLOADS, new UploadResource(platform, signature)),
                storage(Call.DOWNLOAD, Platform.RESULTS, new DownloadResource(platform, signature)));
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
