package io.github.cameldewatermark.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The options of a component by Spring's environment, and what Spring Boot says when one is wrong. */
class EnvironmentOptionsTest {

    private static final String PREFIX = "camel.component.dewatermark.";

    private final StandardEnvironment environment = new StandardEnvironment();

    @AutoClose
    private final DefaultCamelContext camel = new DefaultCamelContext();

    EnvironmentOptionsTest() {
        ConfigurationPropertySources.attach(environment);
        camel.getRegistry().bind("options", ComponentCustomizer.class, new EnvironmentOptions(environment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-key", "apiKey", "apikey", "api_key", "configuration.api-key", "configuration.apiKey"})
    void aKeyMayBeSpelledInAnyWayOfSpring(String key) {
        set(PREFIX + key, "secret");

        assertThat(component().getConfiguration().getApiKey()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAMEL_COMPONENT_DEWATERMARK_APIKEY",
                "CAMEL_COMPONENT_DEWATERMARK_API_KEY",
                "CAMEL_COMPONENT_DEWATERMARK_CONFIGURATION_API_KEY"
            })
    void anEnvironmentVariableBeatsTheFile(String variable) {
        variable(variable, "secret");
        set(PREFIX + "api-key", "of the file");

        assertThat(component().getConfiguration().getApiKey()).isEqualTo("secret");
    }

    @Test
    void whatBeatsTheEnvironmentVariableBeatsBothOfItsSpellings() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("command line", Map.of(PREFIX + "api-key", "of the command line")));
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        "test-systemEnvironment", Map.of("CAMEL_COMPONENT_DEWATERMARK_API_KEY", "of the variable")));

        assertThat(component().getConfiguration().getApiKey()).isEqualTo("of the command line");
    }

    @Test
    void valuesAreWhatTheyAreInCamel(@TempDir Path folder) {
        Journal journal = new FolderJournal(folder, Duration.ofDays(1), Long.MAX_VALUE);
        camel.getRegistry().bind("journal", journal);
        set(PREFIX + "max-concurrent-requests", 7);
        set(PREFIX + "poll-interval", "500ms");
        set(PREFIX + "task-timeout", "2h");
        set(PREFIX + "predict-mode", 3.0);
        set(PREFIX + "minimum-credit", "12.5");
        set(PREFIX + "remove-text", true);
        set(PREFIX + "journal", "#bean:journal");

        DewatermarkComponent component = component();

        assertThat(component.getMaxConcurrentRequests()).isEqualTo(7);
        assertThat(component.getConfiguration().getPollInterval()).isEqualTo(500);
        assertThat(component.getConfiguration().getTaskTimeout()).isEqualTo(7_200_000);
        assertThat(component.getConfiguration().getPredictMode()).isEqualTo("3.0");
        assertThat(component.getConfiguration().getMinimumCredit()).isEqualTo(12.5);
        assertThat(component.getConfiguration().isRemoveText()).isTrue();
        assertThat(component.getConfiguration().getJournal()).isSameAs(journal);
    }

    @Test
    void placeholdersAreThoseOfSpring() {
        set("the.key", "secret");
        set(PREFIX + "api-key", "${the.key}");

        assertThat(component().getConfiguration().getApiKey()).isEqualTo("secret");
    }

    @Test
    void anotherComponentHasOptionsOfItsOwn() {
        DewatermarkComponent second = new DewatermarkComponent();
        camel.addComponent("secondAccount", second);
        set(PREFIX + "api-key", "first");
        set("camel.component.second-account.api-key", "too late");
        DewatermarkComponent third = new DewatermarkComponent();
        set("camel.component.third-account.api-key", "third");
        camel.addComponent("thirdAccount", third);

        assertThat(second.getConfiguration().getApiKey()).isNull();
        assertThat(third.getConfiguration().getApiKey()).isEqualTo("third");
    }

    @Test
    void nothingSetIsNothingChanged() {
        set(PREFIX + "enabled", true);

        assertThat(component().getMaxConcurrentRequests()).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {PREFIX + "customizer.enabled", "camel.component.customizer.enabled"})
    void itsCustomizerMayBeTurnedOffAsThatOfAStarter(String key) {
        set(PREFIX + "max-concurrent-requests", 7);
        set(key, false);

        assertThat(component().getMaxConcurrentRequests()).isEqualTo(16);
    }

    @Test
    void itsOwnSwitchBeatsThatOfAllComponents() {
        set(PREFIX + "max-concurrent-requests", 7);
        set("camel.component.customizer.enabled", false);
        variable("CAMEL_COMPONENT_DEWATERMARK_CUSTOMIZER_ENABLED", "true");

        assertThat(component().getMaxConcurrentRequests()).isEqualTo(7);
    }

    @Test
    void anUnknownOptionIsNamed() {
        set(PREFIX + "api-kee", "secret");

        assertThat(said())
                .isEqualTo("camel.component.dewatermark.api-kee is not an option of the dewatermark component");
    }

    @Test
    void aWrongValueIsNamedByItsKey() {
        set(PREFIX + "maxConcurrentRequests", "lots");

        assertThat(said())
                .startsWith("camel.component.dewatermark.max-concurrent-requests is wrong: ")
                .contains("lots");
    }

    @Test
    void aPlaceholderThatNothingResolvesIsNoKey() {
        set(PREFIX + "api-key", "${NO_SUCH_VARIABLE}");

        assertThat(said())
                .isEqualTo(
                        "camel.component.dewatermark.api-key has a placeholder without a value: ${NO_SUCH_VARIABLE}");
    }

    @Test
    void ofAPlaceholderThatNothingResolvesWhatSurroundsItIsNotShown() {
        set(PREFIX + "api-key", "real${key${SUFFIX}");

        assertThat(said())
                .isEqualTo("camel.component.dewatermark.api-key has a placeholder without a value: ${SUFFIX}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pa${55w0rd", "pa$55}w0rd", "pa$$w0rd"})
    void whatIsNoCompletePlaceholderIsTakenAsItIs(String password) {
        set(PREFIX + "proxy-password", password);

        assertThat(component().getProxyPassword()).isEqualTo(password);
    }

    @Test
    void aWrongValueHasItsReasonAsTheOnlyCause() {
        set(PREFIX + "max-concurrent-requests", "lots");

        assertThatThrownBy(this::component)
                .hasRootCauseInstanceOf(NumberFormatException.class)
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("PropertyBindingException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-key", "proxy-username", "proxy-password"})
    void aSecretThatCantBeSetIsNowhereInTheFailure(String key) {
        set(PREFIX + key, "#bean:hidden");

        assertThatThrownBy(this::component).satisfies(e -> assertThat(stackTrace(e))
                .contains("camel.component.dewatermark." + key + " has a value that Camel can't resolve")
                .doesNotContain("hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#class:hidden", "{{hidden}}", "pa{{hidden}}"})
    void neitherIsAPasswordThatLooksLikeSomethingOfCamel(String password) {
        set(PREFIX + "proxy-password", password);

        assertThatThrownBy(this::component).satisfies(e -> assertThat(stackTrace(e))
                .contains("camel.component.dewatermark.proxy-password has a value that Camel can't resolve")
                .doesNotContain("hidden"));
    }

    @Test
    void aMissingKeyIsNamedInTheFormOfSpring() {
        FailureAnalysis analysis = analysis();

        assertThat(analysis.getDescription())
                .contains("apiKey is missing")
                .contains("camel.component.dewatermark.api-key");
        assertThat(analysis.getAction()).contains("camel.component.dewatermark.api-key");
    }

    @Test
    void anOptionThatFailsWhenARouteStartsIsNamedInTheFormOfSpring() {
        set(PREFIX + "api-key", "key");
        set(PREFIX + "base-url", "nowhere");

        FailureAnalysis analysis = analysis();

        assertThat(analysis.getDescription()).startsWith("baseUrl must be a URL");
        assertThat(analysis.getAction()).contains("camel.component.dewatermark.base-url");
    }

    @Test
    void whatOthersComplainOfIsLeftToOthers() {
        assertThatThrownBy(() -> Integer.parseInt("apiKey"))
                .satisfies(e -> assertThat(new OptionFailureAnalyzer().analyze(new IllegalStateException(e)))
                        .isNull());
    }

    private void set(String key, Object value) {
        environment.getPropertySources().addLast(new MapPropertySource(key, Map.of(key, value)));
    }

    private void variable(String name, String value) {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, value)));
    }

    private DewatermarkComponent component() {
        return camel.getComponent("dewatermark", DewatermarkComponent.class);
    }

    /** What a log would have of it, causes included. */
    private static String stackTrace(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private String said() {
        return analysis().getDescription();
    }

    /** Of what happens when a route with the component starts. */
    private FailureAnalysis analysis() {
        Exception[] failure = new Exception[1];
        assertThatThrownBy(() -> {
                    camel.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:in").to("dewatermark:erase");
                        }
                    });
                    camel.start();
                })
                .satisfies(e -> failure[0] = (Exception) e);
        return new OptionFailureAnalyzer().analyze(failure[0]);
    }
}
