package io.github.cameldewatermark.springboot;

import io.github.cameldewatermark.DewatermarkComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Sets the options of a component from {@code camel.component.<its name>.*}, before it starts. The values are read as
 * Camel reads them, so {@code 10s} and {@code #bean:name} do.
 */
final class EnvironmentOptions implements ComponentCustomizer {

    /** Not an option: whether there is an auto-configuration. */
    private static final String ENABLED = "enabled";

    private final Environment environment;

    EnvironmentOptions(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component component) {
        return component instanceof DewatermarkComponent;
    }

    /**
     * @throws IllegalArgumentException there is no such option, or it can't have that value; the message has the key
     */
    @Override
    public void configure(String name, Component component) {
        options(name).forEach((option, value) -> {
            try {
                PropertyBindingSupport.build()
                        .withConfigurer(component.getComponentPropertyConfigurer())
                        .withReflection(false)
                        .withMandatory(true)
                        .bind(component.getCamelContext(), component, option, value);
            } catch (PropertyBindingException e) {
                throw new IllegalArgumentException(
                        OptionNames.key(name, option) + " is wrong: "
                                + reason(e).getMessage(),
                        e);
            }
        });
    }

    /** What comes first counts more, should a key be there in two spellings. */
    private Map<String, Object> options(String name) {
        Map<String, Object> options = new LinkedHashMap<>();
        Binder.get(environment)
                .bind(
                        ConfigurationPropertyName.adapt("camel.component." + name, '.'),
                        Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((key, value) -> {
                    if (!key.equalsIgnoreCase(ENABLED)) {
                        options.putIfAbsent(option(name, key), resolved(name, key, value));
                    }
                });
        return options;
    }

    private static String option(String name, String key) {
        String option = OptionNames.option(key);
        if (option == null) {
            throw new IllegalArgumentException(
                    "camel.component." + name + "." + key + " is not an option of the dewatermark component");
        }
        return option;
    }

    /** Spring leaves a placeholder as it is when nothing resolves it: it would be used as the key, for one. */
    private static String resolved(String name, String key, String value) {
        if (value.contains("${")) {
            throw new IllegalArgumentException(
                    "camel.component." + name + "." + key + " has a placeholder without a value: " + value);
        }
        return value;
    }

    private static Throwable reason(Throwable problem) {
        return problem.getCause() == null ? problem : reason(problem.getCause());
    }
}
