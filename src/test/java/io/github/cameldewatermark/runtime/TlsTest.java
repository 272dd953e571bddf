package io.github.cameldewatermark.runtime;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose certificate only the TLS settings of the test trust. */
@ExtendWith(NoSecretsLogged.class)
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static Path keyStore;
    private static WireMockServer platform;

    @AutoClose
    private final TestContext context = TestContext.at("https://localhost:" + platform.httpsPort());

    @BeforeAll
    static void startPlatform() throws Exception {
        keyStore = folder.resolve("localhost.p12");
        createCertificate();
        platform = new WireMockServer(wireMockConfig()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(keyStore.toString())
                .keystoreType("PKCS12")
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
        platform.start();
        platform.stubFor(get("/api/creditInfo").willReturn(okJson("{\"data\": {\"available_credit\": 7}}")));
    }

    private static void createCertificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keyStore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keyStore).exists();
    }

    @AfterAll
    static void stopPlatform() {
        platform.stop();
    }

    @Test
    void sslContextParametersOfTheComponentTakeEffect() throws Exception {
        context.component().setSslContextParameters(trustingThePlatform());

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();
    }

    @Test
    void theTlsSettingsOfTheContextTakeEffectWhenAskedFor() throws Exception {
        context.camel().setSSLContextParameters(trustingThePlatform());
        context.component().setUseGlobalSslContextParameters(true);

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();
    }

    @Test
    void theTlsSettingsOfTheContextDoNotTakeEffectWhenNotAskedFor() throws Exception {
        context.camel().setSSLContextParameters(trustingThePlatform());

        assertNotTrusted("dewatermark:credit", null);
    }

    @Test
    void anErasePictureDoesNotGoToAPlatformThatIsNotTrustedAndIsNotBilled() throws Exception {
        assertNotTrusted("dewatermark:erase", jpeg());
    }

    private void assertNotTrusted(String uri, Object body) throws Exception {
        platform.resetRequests();

        DewatermarkTransportException error =
                TestContext.failure(context.start(uri).send(body), DewatermarkTransportException.class);

        assertThat(error).hasMessageContaining("SSLHandshakeException");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(platform.getAllServeEvents()).isEmpty();
    }

    private static SSLContextParameters trustingThePlatform() {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + keyStore);
        store.setType("PKCS12");
        store.setPassword(PASSWORD);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        return tls;
    }
}
