package io.github.cameldewatermark.sandbox.http;

import java.nio.charset.StandardCharsets;

/** What somebody sees who opens the sandbox in a browser: its calls, and some of them to copy. */
record Overview(String baseUrl, String apiKey) implements Resource {

    @Override
    public Reply answer(Request request) {
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        return Reply.of(200, "text/plain; charset=UTF-8", ReplyBody.of(text));
    }

    private String text() {
        // double quotes, as the shell of Windows knows no others
        String curl = "curl -H \"X-API-KEY: " + apiKey + "\" ";
        return String.join(
                "\n",
                "Dewatermark sandbox: an offline platform, with pictures, clips and credits of its own",
                "",
                call("POST", Routes.ERASE, "clean a picture"),
                call("POST", Routes.ERASE_V3, "clean a picture, with the next version of the call"),
                call("POST", Routes.ERASE_PRO, "clean a picture, with the PRO model"),
                call("POST", Routes.VIDEO + Routes.UPLOAD, "get a task, and a URL for its clip"),
                call("PUT", "that URL", "upload the clip"),
                call("POST", Routes.VIDEO + Routes.TASKS, "submit the task"),
                call("GET", Routes.VIDEO + Routes.TASKS + "/{task_id}", "get its status, and a URL of the clean clip"),
                call("GET", "that URL", "download the clean clip"),
                call("POST", Routes.PDF + Routes.UPLOAD, "get a task for a PDF, and so on as for a clip"),
                call("POST", Routes.PDF + Routes.TASKS, "submit it"),
                call("GET", Routes.PDF + Routes.TASKS + "/{task_id}", "get its status, and a URL of the clean PDF"),
                call("GET", Routes.CREDIT, "get the balance"),
                "",
                "With any JPEG in place of photo.jpg; answer.json has the clean one, in base64:",
                "",
                curl + baseUrl + Routes.CREDIT,
                curl + "-F original_preview_image=@photo.jpg -o answer.json " + baseUrl + Routes.ERASE,
                curl + "-X POST " + baseUrl + Routes.VIDEO + Routes.UPLOAD,
                "");
    }

    private static String call(String method, String path, String what) {
        return "%-5s%-44s%s".formatted(method, path, what);
    }
}
