package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.PromQl.LabelMatcher;
import com.example.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

    @Test
    void metricsLabelsAndGroupingsAreFound() {
        PromQl query = PromQl.parse("""
                sum by (a, b) (increase(files_total{a="x", b=~"y|z"}[1h])) # not_this
                > 5 unless on (c) up offset 1d
                """);

        assertThat(query.selectors())
                .containsExactly(
                        new Selector(
                                "files_total",
                                List.of(new LabelMatcher("a", "=", "x"), new LabelMatcher("b", "=~", "y|z"))),
                        new Selector("up", List.of()));
        assertThat(query.groupingLabels()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "summ(up)",
                "up{job}",
                "up{job=watched}",
                "up{job==\"watched\"}",
                "up{job=\"watched\"",
                "sum by up",
                "sum by (up",
                "rate(up[5])",
                "rate(up[$__interval])",
                "up ? 1",
                "\"up"
            })
    void whatItDoesNotUnderstandIsAnError(String expression) {
        assertThatThrownBy(() -> PromQl.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void matchersMatchAsInPrometheus() {
        assertThat(new LabelMatcher("a", "=", "x").matches("x")).isTrue();
        assertThat(new LabelMatcher("a", "=", "x").matches("xy")).isFalse();
        assertThat(new LabelMatcher("a", "!=", "x").matches("")).isTrue();
        assertThat(new LabelMatcher("a", "=~", "x|y").matches("y")).isTrue();
        assertThat(new LabelMatcher("a", "=~", "x|y").matches("xy")).isFalse();
        assertThat(new LabelMatcher("a", "!~", "x|y").matches("y")).isFalse();
    }
}
