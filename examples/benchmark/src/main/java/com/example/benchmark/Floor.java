package com.example.benchmark;

import java.io.InputStream;
import java.nio.file.Path;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/** What the wire itself costs: Apache HttpClient sends the picture, and throws the answer away. */
final class Floor extends CallByCall {

    private final String url;
    private final CloseableHttpClient http = client();

    Floor(String baseUrl) {
        this.url = baseUrl + AnswerServer.PATH;
    }

    static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(64)
                        .setMaxConnTotal(64)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    @Override
    Outcome clean(Path picture) throws Exception {
        HttpPost request = new HttpPost(url);
        request.setHeader("X-API-KEY", "benchmark");
        request.setEntity(Form.of(picture));
        long read = http.execute(request, response -> {
            try (InputStream in = response.getEntity().getContent()) {
                byte[] buffer = new byte[32 * 1024];
                long all = 0;
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    all += n;
                }
                return all;
            }
        });
        return new Outcome(read, null);
    }

    @Override
    public void close() throws Exception {
        super.close();
        http.close();
    }
}
