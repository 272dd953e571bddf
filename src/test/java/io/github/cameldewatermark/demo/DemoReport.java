package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.client.CreditInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Before and after, side by side, in one page that needs nothing but a browser. */
final class DemoReport {

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

    private DemoReport() {}

    static boolean isClip(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".mp4");
    }

    static String html(DemoFolder folder, List<DemoProgress.Result> results, CreditInfo balance) throws IOException {
        StringBuilder html = new StringBuilder(HEAD);
        for (DemoProgress.Result result : results) {
            section(html, folder, result);
        }
        html.append("<p>Balance: ")
                .append(balance.availableCredit().stripTrailingZeros().toPlainString())
                .append(" credits</p>\n</body>\n</html>\n");
        return html.toString();
    }

    private static void section(StringBuilder html, DemoFolder folder, DemoProgress.Result result) throws IOException {
        html.append("<section>\n<h2>").append(escape(result.file())).append("</h2>\n");
        if (result.problem() == null) {
            html.append(String.format(
                    Locale.ROOT,
                    "<p>%s, %.1f s, %s credits</p>%n",
                    result.operation(),
                    result.seconds(),
                    result.credits()));
            html.append("<div class=\"pair\">\n");
            figure(html, "before", folder.done().resolve(result.file()));
            figure(html, "after", folder.outbox().resolve(result.file()));
            html.append("</div>\n");
        } else {
            html.append("<p class=\"failed\">").append(escape(result.problem())).append("</p>\n");
        }
        html.append("</section>\n");
    }

    private static void figure(StringBuilder html, String caption, Path file) throws IOException {
        String data = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        html.append("<figure><figcaption>").append(caption).append("</figcaption>");
        if (isClip(file.toString())) {
            html.append("<video controls autoplay loop muted src=\"data:video/mp4;base64,")
                    .append(data)
                    .append("\"></video>");
        } else {
            html.append("<img alt=\"")
                    .append(caption)
                    .append("\" src=\"data:image/jpeg;base64,")
                    .append(data)
                    .append("\">");
        }
        html.append("</figure>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
