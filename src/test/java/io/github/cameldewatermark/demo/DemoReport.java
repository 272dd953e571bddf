package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.error.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Before and after, side by side, in a page that is written anew with each file. */
final class DemoReport {

    static final String NAME = "report.html";

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Dewatermark demo</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
            section { margin: 2rem 0; }
            .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
            figure { margin: 0; }
            img, video { width: 100%; border-radius: 4px; }
            .failed { color: #b00020; }
            </style>
            </head>
            <body>
            <h1>Before and after</h1>
            """;

    private final Path folder;
    private final StringBuilder html = new StringBuilder(HEAD);

    /** @param note for all of it; may be empty */
    DemoReport(Path folder, String note) {
        this.folder = folder;
        html.append("<p>").append(escape(note)).append("</p>\n");
    }

    synchronized void add(DemoProgress.Result result) throws IOException {
        html.append("<section>\n<h2>").append(escape(result.file())).append("</h2>\n");
        if (result.problem() == null) {
            html.append(String.format(
                    Locale.ROOT,
                    "<p>%s, %.1f s, %s</p>%n",
                    result.operation(),
                    result.seconds(),
                    Credits.text(result.credits())));
        } else {
            html.append("<p class=\"failed\">").append(escape(result.problem())).append("</p>\n");
        }
        html.append("<div class=\"pair\">\n");
        figure("before", result.original());
        if (result.problem() == null) {
            figure("after", result.written());
        }
        html.append("</div>\n</section>\n");
        Files.writeString(folder.resolve(NAME), html + "</body>\n</html>\n");
    }

    private void figure(String caption, Path file) {
        String url = escape(folder.toUri().relativize(file.toUri()).getRawPath());
        html.append("<figure><figcaption>").append(caption).append("</figcaption>");
        html.append(
                DemoProgress.CLIP.matcher(file.toString()).matches()
                        ? "<video controls autoplay loop muted src=\"" + url + "\"></video>"
                        : "<img alt=\"" + caption + "\" src=\"" + url + "\">");
        html.append("</figure>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
