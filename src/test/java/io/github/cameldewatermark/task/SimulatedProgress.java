package io.github.cameldewatermark.task;

import java.util.Random;
import java.util.stream.DoubleStream;

/** Kinds of progress that a server may report. Noise of 10 %: what is reported is 0.9 to 1.1 times the truth, up to 1. */
enum SimulatedProgress {
    LINEAR("linear, 10 % noise") {
        @Override
        Reports of(double duration, Random random) {
            return noisy(random, now -> now / duration);
        }
    },
    RISING("the same, but never going back") {
        @Override
        Reports of(double duration, Random random) {
            return rising(LINEAR.of(duration, random));
        }
    },
    STALLED("linear, 10 % noise, with a stall of up to 20 % of the time") {
        @Override
        Reports of(double duration, Random random) {
            double stall = 0.2 * duration * random.nextDouble();
            double begin = (duration - stall) * random.nextDouble();
            return noisy(random, now -> (now < begin ? now : Math.max(begin, now - stall)) / (duration - stall));
        }
    },
    STALLED_RISING("the same, but never going back") {
        @Override
        Reports of(double duration, Random random) {
            return rising(STALLED.of(duration, random));
        }
    },
    EXACT("linear, no noise") {
        @Override
        Reports of(double duration, Random random) {
            return now -> now / duration;
        }
    },
    STEPS("in steps of 10 %") {
        @Override
        Reports of(double duration, Random random) {
            return now -> Math.floor(now / duration * 10) / 10;
        }
    },
    JUMPS("three jumps, anywhere") {
        @Override
        Reports of(double duration, Random random) {
            double[] times = sorted(random, duration);
            double[] levels = sorted(random, 1);
            return now -> now < times[0] ? 0 : now < times[1] ? levels[0] : now < times[2] ? levels[1] : levels[2];
        }
    },
    SLOW_BEGIN("slow at first, then fast, 10 % noise") {
        @Override
        Reports of(double duration, Random random) {
            return noisy(random, now -> now / duration * now / duration);
        }
    },
    RESUMED("on from 20 to 80 % after a restart, 10 % noise") {
        @Override
        Reports of(double duration, Random random) {
            double begin = 0.2 + 0.6 * random.nextDouble();
            return noisy(random, now -> begin + (1 - begin) * now / duration);
        }
    },
    GAPS("linear, 10 % noise, a third of the reports missing") {
        @Override
        Reports of(double duration, Random random) {
            Reports linear = LINEAR.of(duration, random);
            return now -> random.nextInt(3) == 0 ? 0 : linear.at(now);
        }
    },
    SOON_FULL("100 % long before the end (at 30 to 95 % of the time)") {
        @Override
        Reports of(double duration, Random random) {
            double full = duration * (0.3 + 0.65 * random.nextDouble());
            return noisy(random, now -> Math.min(1, now / full));
        }
    },
    STUCK("never moves") {
        @Override
        Reports of(double duration, Random random) {
            double level = random.nextDouble();
            return now -> level;
        }
    },
    NONE("none") {
        @Override
        Reports of(double duration, Random random) {
            return now -> 0;
        }
    };

    /** What one task reports. */
    interface Reports {
        double at(double now);
    }

    private final String description;

    SimulatedProgress(String description) {
        this.description = description;
    }

    /** The reports of a task that takes that many seconds. */
    abstract Reports of(double duration, Random random);

    @Override
    public String toString() {
        return description;
    }

    private static Reports noisy(Random random, Reports truth) {
        return now -> Math.min(1, truth.at(now) * (0.9 + 0.2 * random.nextDouble()));
    }

    private static double[] sorted(Random random, double limit) {
        return DoubleStream.generate(random::nextDouble)
                .limit(3)
                .map(value -> value * limit)
                .sorted()
                .toArray();
    }

    private static Reports rising(Reports reports) {
        double[] highest = new double[1];
        return now -> highest[0] = Math.max(highest[0], reports.at(now));
    }
}
