package io.github.cameldewatermark.springboot;

import io.github.cameldewatermark.DewatermarkComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.SensitiveUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Sets the options of a component from {@code camel.component.<its name>.*}, before it starts. Camel converts the values, so
 * {@code 10s} and {@code #bean:name} work.
 */
final class EnvironmentOptions implements ComponentCustomizer {

    /** Keys that are no options of the component, but switch the auto-configuration and this customizer on and off. */
    private static final Set<String> OF_STARTERS = Set.of("enabled", "customizer.enabled");

    /** Matches the innermost placeholder, so that a message doesn't show the text around it, which may be secret. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]*}");

    private final Environment environment;

    EnvironmentOptions(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component component) {
        return component instanceof DewatermarkComponent
                && isCustomized("camel.component." + name, isCustomized("camel.component", true));
    }

    private boolean isCustomized(String prefix, boolean byDefault) {
        return Binder.get(environment)
                .bind(ConfigurationPropertyName.adapt(prefix + ".customizer.enabled", '.'), Bindable.of(Boolean.class))
                .orElse(byDefault);
    }

    /**
     * @throws IllegalArgumentException if there is no such option, or its value is wrong; the message names the key
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
            } catch (PropertyBindingException | IllegalArgumentException e) {
                throw wrong(OptionNames.key(name, option), option, reason(e));
            }
        });
    }

    /**
     * Camel's exception isn't kept as the cause, because its message contains the value. For a secret option, the reason isn't
     * shown either, because it may contain the value, too.
     */
    private static IllegalArgumentException wrong(String key, String option, Throwable reason) {
        if (SensitiveUtils.containsSensitive(option)) {
            return new IllegalArgumentException(key + " has a value that Camel can't resolve");
        }
        return new IllegalArgumentException(key + " is wrong: " + reason.getMessage(), reason);
    }

    /** Returns the options by name. If a key is set in two spellings, the first one wins. */
    private Map<String, Object> options(String name) {
        Map<String, Object> options = new LinkedHashMap<>();
        Binder.get(environment)
                .bind(
                        ConfigurationPropertyName.adapt("camel.component." + name, '.'),
                        Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((key, value) -> {
                    if (!OF_STARTERS.contains(key.toLowerCase(Locale.ROOT))) {
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

    /** Spring keeps a placeholder that can't be resolved as text, which would then be sent as the API key, for example. */
    private static String resolved(String name, String key, String value) {
        Matcher placeholder = PLACEHOLDER.matcher(value);
        if (placeholder.find()) {
            throw new IllegalArgumentException("camel.component." + name + "." + key
                    + " has a placeholder without a value: " + placeholder.group());
        }
        return value;
    }

    private static Throwable reason(Throwable problem) {
        return problem.getCause() == null ? problem : reason(problem.getCause());
    }
}
