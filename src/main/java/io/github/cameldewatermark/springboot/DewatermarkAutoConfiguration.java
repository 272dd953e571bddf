package io.github.cameldewatermark.springboot;

import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Does what a Camel Spring Boot starter does: sets the component's options from {@code camel.component.dewatermark.*}. */
@AutoConfiguration
@ConditionalOnProperty(prefix = "camel.component.dewatermark", name = "enabled", matchIfMissing = true)
public class DewatermarkAutoConfiguration {

    @Bean
    ComponentCustomizer dewatermarkComponentOptions(Environment environment) {
        return new EnvironmentOptions(environment);
    }
}
