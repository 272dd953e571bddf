package io.github.cameldewatermark.task;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.util.function.Supplier;

/** The two calls on a task, answered one after the other; the last answer stays. */
final class VideoApi {

    private static final String SUBMIT = "/api/video/v1/tasks";
    private static final String STATUS = "/api/video/v1/tasks/t1";

    private final WireMockExtension server;

    VideoApi(WireMockExtension server) {
        this.server = server;
    }

    static ResponseDefinitionBuilder task(String status) {
        return task(status, 0.5);
    }

    static ResponseDefinitionBuilder task(String status, double progress) {
        return okJson("{\"task_id\":\"t1\",\"status\":\"" + status + "\",\"progress\":" + progress + ","
                + "\"download_signed_url\":\"http://localhost/clip\"}");
    }

    void submits(ResponseDefinitionBuilder... answers) {
        inTurn("submit", () -> post(urlEqualTo(SUBMIT)), answers);
    }

    void statuses(ResponseDefinitionBuilder... answers) {
        inTurn("status", () -> get(urlEqualTo(STATUS)), answers);
    }

    int submitted() {
        return server.findAll(postRequestedFor(urlEqualTo(SUBMIT))).size();
    }

    int looks() {
        return server.findAll(getRequestedFor(urlEqualTo(STATUS))).size();
    }

    private void inTurn(String scenario, Supplier<MappingBuilder> call, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            server.stubFor(call.get()
                    .inScenario(scenario)
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
                    .willSetStateTo(i == answers.length - 1 ? null : "after " + (i + 1))
                    .willReturn(answers[i]));
        }
    }
}
