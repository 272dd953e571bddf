package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.anywhere;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.message;
import static io.github.cameldewatermark.sandbox.TestClient.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().credits(new BigDecimal("12.34")).start();

    private final TestClient client = new TestClient(sandbox);

    @Test
    void theBalanceIsFreeToAsk() throws IOException {
        HttpResponse<byte[]> response = client.get(TestClient.CREDIT);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(answer.get("status").asText()).isEqualTo("OK");
        assertThat(answer.at("/data/available_credit").decimalValue()).isEqualByComparingTo("12.34");
        assertThat(answer.at("/data/user_id").asText()).isNotEmpty().doesNotContain(sandbox.apiKey());
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void whoOpensItSeesItsCallsAndCanCopyThreeOfThem(@TempDir Path folder) throws Exception {
        HttpResponse<byte[]> response = send(anywhere(sandbox.baseUrl() + "/").GET());
        String text = new String(response.body(), StandardCharsets.UTF_8);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text)
                .contains(
                        TestClient.ERASE,
                        TestClient.UPLOAD,
                        TestClient.TASKS,
                        TestClient.PDF_UPLOAD,
                        TestClient.CREDIT);
        List<String> commands =
                text.lines().filter(line -> line.startsWith("curl ")).toList();
        assertThat(commands).hasSize(3);
        assumeThat(Path.of("/usr/bin/curl")).exists();
        Files.write(folder.resolve("photo.jpg"), TestPictures.jpeg(40, 40, Color.GRAY));
        for (String command : commands) {
            Process shell = new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
            assertThat(shell.waitFor()).as(command).isZero();
        }
        assertThat(sandbox.requests().all().stream().skip(1))
                .extracting(LoggedRequest::call, LoggedRequest::status)
                .containsExactly(tuple(Call.CREDIT, 200), tuple(Call.ERASE, 200), tuple(Call.CREATE_UPLOAD, 200));
        assertThat(folder.resolve("answer.json")).content().contains("\"edited_image\":{\"image\":\"/9j/");
    }

    @Test
    void withoutTheRightKeyNothingIsDone() throws IOException {
        for (String key : new String[] {null, "wrong"}) {
            TestClient stranger = new TestClient(sandbox.baseUrl(), key);
            HttpResponse<byte[]> credit = stranger.get(TestClient.CREDIT);
            assertThat(credit.statusCode()).isEqualTo(401);
            assertThat(message(credit)).contains("API key");
            assertThat(stranger.get(TestClient.TASKS + "/x").statusCode()).isEqualTo(401);
            assertThat(stranger.submit("x").statusCode()).isEqualTo(401);
            assertThat(stranger.createUpload().has("message")).isTrue();
        }
        assertThat(sandbox.tasks()).isEmpty();
    }

    @Test
    void aRefusalReachesAClientThatIsStillSending() throws IOException {
        TestClient stranger = new TestClient(sandbox.baseUrl(), "wrong");

        HttpResponse<byte[]> response = stranger.erase(new Form().image(new byte[5_000_000]));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void anUnknownPathIsNotFound() throws IOException {
        for (String path : new String[] {"/api", "/api/video/v1/tasks/a/b", "/api/creditInfo/x", "/storage/x/y"}) {
            assertThat(client.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void anotherMethodIsNotAllowed() throws IOException {
        HttpResponse<byte[]> get = client.get(TestClient.ERASE);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(client.get(TestClient.UPLOAD).statusCode()).isEqualTo(405);
        assertThat(client.get(TestClient.TASKS).statusCode()).isEqualTo(405);
        HttpResponse<byte[]> post = send(client.to(TestClient.CREDIT).POST(BodyPublishers.noBody()));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void onlyJsonCanBeHad() throws IOException {
        assertThat(send(client.to(TestClient.CREDIT)
                                .header("Accept", "text/html")
                                .GET())
                        .statusCode())
                .isEqualTo(406);
        for (String accept : new String[] {"application/json", "*/*", "text/html, application/*;q=0.5"}) {
            assertThat(send(client.to(TestClient.CREDIT)
                                    .header("Accept", accept)
                                    .GET())
                            .statusCode())
                    .as(accept)
                    .isEqualTo(200);
        }
    }

    @Test
    void requestsAreCountedAndKeptWithoutTheKey() throws IOException {
        client.get(TestClient.CREDIT + "?a=secret");
        send(anywhere(sandbox.baseUrl() + TestClient.CREDIT)
                .header("X-Test", "yes")
                .GET());
        client.get("/nowhere");

        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
        assertThat(sandbox.requests().count(Call.ERASE)).isZero();
        assertThat(sandbox.requests().all()).extracting("status").containsExactly(200, 401, 404);
        assertThat(sandbox.requests().of(Call.CREDIT)).hasSize(2);
        LoggedRequest first = sandbox.requests().of(Call.CREDIT).get(0);
        assertThat(first.hasKey()).isTrue();
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.toString()).doesNotContain(sandbox.apiKey()).doesNotContain("secret");
        LoggedRequest second = sandbox.requests().of(Call.CREDIT).get(1);
        assertThat(second.hasKey()).isFalse();
        assertThat(second.headers()).containsEntry("x-test", List.of("yes"));
    }

    @Test
    void requestsCanBeForgotten() throws IOException {
        client.get(TestClient.CREDIT);
        sandbox.requests().clear();

        assertThat(sandbox.requests().all()).isEmpty();
        assertThat(sandbox.requests().count(Call.CREDIT)).isZero();
    }

    @Test
    void anAnswerSaysHowLongItIs() throws IOException {
        HttpResponse<byte[]> response = client.erase(new Form().image(TestPictures.jpeg(40, 40, Color.GRAY)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(response.body().length);
    }
}
