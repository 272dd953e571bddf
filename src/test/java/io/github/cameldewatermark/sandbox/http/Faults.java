package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.http.Fault.FailingTask;
import io.github.cameldewatermark.sandbox.http.Fault.Garbled;
import io.github.cameldewatermark.sandbox.http.Fault.Garbling;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * What is to go wrong. For example, two erase calls are told to slow down, and after that one gets no answer:
 *
 * <pre>{@code
 * sandbox.faults().on(Call.ERASE).times(2).inject(Fault.status(429).retryAfter("1"));
 * sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
 * }</pre>
 *
 * The scripts for a call are used up one after the other, in the order they were given.
 */
public final class Faults {

    private static final Set<Garbling> OF_ERASE = Set.of(Garbling.BROKEN_BASE64, Garbling.MISSING_IMAGE);

    private final Map<Call, Queue<Script>> scripts = new EnumMap<>(Call.class);

    /** Begins a script; nothing happens before its {@link Script#inject}. */
    public Script on(Call call) {
        return new Script(this, call);
    }

    /** Forgets all scripts. */
    public synchronized void clear() {
        scripts.clear();
    }

    /** Whether all scripts are used up. */
    public synchronized boolean isUsedUp() {
        return scripts.values().stream().allMatch(Queue::isEmpty);
    }

    private synchronized void add(Script script) {
        scripts.computeIfAbsent(script.call, call -> new ArrayDeque<>()).add(script);
    }

    /** What goes wrong with the next request of this kind. */
    synchronized List<Fault> next(Call call) {
        Queue<Script> waiting = scripts.get(call);
        Script script = waiting == null ? null : waiting.peek();
        if (script == null) {
            return List.of();
        }
        if (script.skipped > 0) {
            script.skipped--;
            return List.of();
        }
        if (!script.always && --script.left == 0) {
            waiting.remove();
        }
        return script.faults;
    }

    /** How often, and what. */
    public static final class Script {

        private final Faults owner;
        private final Call call;
        private final List<Fault> faults = new ArrayList<>();
        private int left = 1;
        private int skipped;
        private boolean always;

        private Script(Faults owner, Call call) {
            this.owner = owner;
            this.call = call;
        }

        /** For so many requests; once, unless said. */
        public Script times(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("times must be at least 1: " + count);
            }
            left = count;
            return this;
        }

        /** For every request until {@link Faults#clear}. */
        public Script always() {
            always = true;
            return this;
        }

        /** After so many requests that go well. */
        public Script after(int count) {
            skipped = count;
            return this;
        }

        /** Puts the script in force; several faults happen to the same request, such as a delay and a reset. */
        public void inject(Fault first, Fault... more) {
            check(first);
            faults.add(first);
            for (Fault fault : more) {
                check(fault);
                faults.add(fault);
            }
            owner.add(this);
        }

        private void check(Fault fault) {
            if (fault instanceof FailingTask && call != Call.SUBMIT) {
                throw new IllegalArgumentException("Only a submitted task can fail, not " + call);
            }
            if (fault instanceof Garbled garbled && OF_ERASE.contains(garbled.how()) && call != Call.ERASE) {
                throw new IllegalArgumentException(garbled.how() + " is for answers of ERASE, not of " + call);
            }
        }
    }
}
