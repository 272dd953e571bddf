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
 * Sets the options of a component from {@code camel.component.<its name>.*}, before it starts. The values are read as
 * Camel reads them, so {@code 10s} and {@code #bean:name} do.
 */
final class EnvironmentOptions implements ComponentCustomizer {

    /** Not options: whether there is an auto-configuration, and whether it sets anything. */
    private static final Set<String> OF_STARTERS = Set.of("enabled", "customizer.enabled");

    /** The innermost one, so that nothing of what surrounds it is shown. */
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
            } catch (PropertyBindingException | IllegalArgumentException e) {
                throw wrong(OptionNames.key(name, option), option, reason(e));
            }
        });
    }

    /** Without Camel's exception, whose message has the value. Of a secret, the reason isn't shown either: it may have it. */
    private static IllegalArgumentException wrong(String key, String option, Throwable reason) {
        if (SensitiveUtils.containsSensitive(option)) {
            return new IllegalArgumentException(key + " has a value that Camel can't resolve");
        }
        return new IllegalArgumentException(key + " is wrong: " + reason.getMessage(), reason);
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

    /** Spring leaves a placeholder as it is when nothing resolves it: it would be used as the key, for one. */
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
