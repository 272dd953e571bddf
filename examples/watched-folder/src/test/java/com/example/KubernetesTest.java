package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests, read into the classes of a Kubernetes client, and compared with what they are for. */
class KubernetesTest {

    private static final Path MANIFEST = Path.of("kubernetes/watched-folder.yaml");

    private final String image = read(Path.of("src/main/dist/Containerfile"));
    private final Deployment deployment = read(MANIFEST, Deployment.class);
    private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);

    @Test
    void aFieldThatKubernetesDoesNotKnowIsAnError() {
        Map<String, Object> misspelt = Map.of("kind", "Deployment", "spec", Map.of("replica", 1));

        assertThatThrownBy(() -> convert(misspelt, Deployment.class)).hasMessageContaining("replica");
    }

    @Test
    void onlyOneProcessUsesTheFolderAtATime() {
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(deployment.getSpec().getSelector().getMatchLabels())
                .isEqualTo(deployment.getSpec().getTemplate().getMetadata().getLabels());
    }

    @Test
    void aStopHasTimeForWhatIsUnderWay() throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(read(Path.of("src/main/resources/defaults.properties"))));

        // and Camel's own 15 s
        assertThat(pod.getTerminationGracePeriodSeconds())
                .isGreaterThan(Long.parseLong(settings.getProperty("camel.main.shutdownTimeout")) + 15);
    }

    @Test
    void theKeyComesFromTheSecret() {
        Secret secret = read(Path.of("kubernetes/secret.yaml"), Secret.class);
        SecretKeySelector key = container.getEnv().stream()
                .filter(variable -> variable.getName().equals("DEWATERMARK_API_KEY"))
                .map(variable -> variable.getValueFrom().getSecretKeyRef())
                .findFirst()
                .orElseThrow();

        assertThat(key.getName()).isEqualTo(secret.getMetadata().getName());
        assertThat(secret.getStringData()).containsOnlyKeys(key.getKey());
    }

    @Test
    void itMayWriteOnlyToTheVolumeOfTheImageAndToTemporaryFiles() {
        PersistentVolumeClaim claim = read(MANIFEST, PersistentVolumeClaim.class);

        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(image)
                .contains("USER " + pod.getSecurityContext().getRunAsUser() + ":"
                        + pod.getSecurityContext().getRunAsGroup());
        assertThat(pod.getSecurityContext().getFsGroup())
                .isEqualTo(pod.getSecurityContext().getRunAsGroup());
        assertThat(container.getVolumeMounts())
                .extracting(mount -> mount.getName() + mount.getMountPath())
                .containsExactly("data/data", "tmp/tmp");
        assertThat(image).contains("VOLUME /data", "ENV FOLDER=/data");
        assertThat(pod.getVolumes()).extracting("name").containsExactly("data", "tmp");
        assertThat(pod.getVolumes().get(0).getPersistentVolumeClaim().getClaimName())
                .isEqualTo(claim.getMetadata().getName());
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
    }

    @Test
    void probesAskTheApplicationAndThePlatformOnlyForReadiness() {
        HTTPGetAction alive = container.getLivenessProbe().getHttpGet();

        assertThat(alive.getPath()).isEqualTo("/health/live");
        assertThat(alive.getPort().getStrVal())
                .isEqualTo(container.getPorts().get(0).getName());
        assertThat(image)
                .contains(
                        "HTTP_HOST=0.0.0.0",
                        "EXPOSE " + container.getPorts().get(0).getContainerPort());
        assertThat(container.getStartupProbe().getHttpGet()).isEqualTo(alive);
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
    }

    @Test
    void itHasAFixedShareOfTheMemory() {
        assertThat(container.getResources().getLimits())
                .containsEntry("memory", container.getResources().getRequests().get("memory"))
                .doesNotContainKey("cpu");
    }

    /** Returns what is of a kind among the documents of a file. */
    private static <T> T read(Path file, Class<T> type) {
        Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(read(file));
        return StreamSupport.stream(documents.spliterator(), false)
                .filter(document -> ((Map<?, ?>) document).get("kind").equals(type.getSimpleName()))
                .map(document -> convert(document, type))
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As strict as {@code kubectl apply --validate=strict}: the classes themselves would keep any other field, too. */
    private static <T> T convert(Object document, Class<T> type) {
        return new ObjectMapper()
                .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated setter) {
                        return false;
                    }
                })
                .convertValue(document, type);
    }
}
