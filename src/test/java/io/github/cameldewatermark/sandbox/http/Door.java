package io.github.cameldewatermark.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.cameldewatermark.sandbox.http.Fault.Cut;
import io.github.cameldewatermark.sandbox.http.Fault.Delay;
import io.github.cameldewatermark.sandbox.http.Fault.Garbled;
import io.github.cameldewatermark.sandbox.http.Fault.ResetAfter;
import io.github.cameldewatermark.sandbox.http.Fault.ResetBefore;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every request comes in and every answer goes out, and where faults happen. */
final class Door implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Routes routes;
    private final Faults faults;
    private final RequestLog log;

    Door(Routes routes, Faults faults, RequestLog log) {
        this.routes = routes;
        this.faults = faults;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) {
        long start = System.nanoTime();
        answer(exchange);
        int status = exchange.getResponseCode();
        LOG.debug(
                "{} {} {} {} ms",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(), // a query may have a signature
                status < 0 ? "no answer" : status,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private void answer(HttpExchange exchange) {
        // closed without an answer, the JDK's server closes the connection: that is how a reset is made
        try (exchange) {
            Optional<Route> route = routes.find(exchange.getRequestURI().getPath());
            if (route.isEmpty()) {
                send(exchange, null, Reply.error(404, "There is nothing here"));
            } else if (!route.get().allows(exchange.getRequestMethod())) {
                Reply refusal = Reply.error(405, "Only " + route.get().method() + " is allowed here");
                send(
                        exchange,
                        route.get().call(),
                        refusal.with("Allow", route.get().method()));
            } else {
                serve(exchange, route.get());
            }
        } catch (IOException e) {
            LOG.debug("The client has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, Route route) throws IOException, InterruptedException {
        Call call = route.call();
        log.arrive(call);
        List<Fault> todo = faults.next(call);
        Request request = new Request(exchange, todo);
        for (Fault fault : todo) {
            if (fault instanceof Delay delay) {
                Thread.sleep(delay.time().toMillis());
            }
        }
        if (request.has(ResetBefore.class)) {
            log.add(exchange, call, LoggedRequest.NO_ANSWER);
            return;
        }
        Reply reply = scripted(todo, call).orElseGet(() -> answer(request, route.resource()));
        if (request.has(ResetAfter.class)) {
            request.drain();
            log.add(exchange, call, LoggedRequest.NO_ANSWER);
            return;
        }
        send(exchange, call, spoiled(reply, todo));
    }

    private static Optional<Reply> scripted(List<Fault> todo, Call call) {
        return todo.stream()
                .filter(Fault.Status.class::isInstance)
                .map(fault -> scripted((Fault.Status) fault, call))
                .findFirst();
    }

    private static Reply scripted(Fault.Status fault, Call call) {
        String message = "Scripted answer " + fault.code();
        Reply reply = call.isSigned()
                ? Reply.storageError(fault.code(), "Scripted", message)
                : Reply.error(fault.code(), message);
        if (fault.body() != null) {
            reply = reply.with(ReplyBody.of(fault.body().getBytes(StandardCharsets.UTF_8)));
        }
        for (var header : fault.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    private static Reply answer(Request request, Resource resource) {
        try {
            return resource.answer(request);
        } catch (Refusal e) {
            return Reply.error(status(e.reason()), e.getMessage());
        } catch (IOException e) {
            // most often a client that went away in the middle of its request
            LOG.warn("{} {} failed: {}", request.method(), request.path(), e.toString());
            return problem(e);
        } catch (RuntimeException e) {
            LOG.warn("{} {} failed", request.method(), request.path(), e);
            return problem(e);
        }
    }

    private static Reply problem(Exception e) {
        return Reply.error(500, "The sandbox had a problem: " + e.getClass().getSimpleName());
    }

    /** Section "Errors". */
    private static int status(Refusal.Reason reason) {
        return switch (reason) {
            case BAD_REQUEST -> 400;
            case UNAUTHORIZED -> 401;
            case PAYMENT_REQUIRED -> 402;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case GONE -> 410;
            case TOO_MANY_REQUESTS -> 429;
        };
    }

    private static Reply spoiled(Reply reply, List<Fault> todo) throws IOException {
        Reply spoiled = reply;
        for (Fault fault : todo) {
            if (fault instanceof Cut cut) {
                long whole = spoiled.body().length();
                long sent = cut.bytes() < 0 ? whole / 2 : Math.min(cut.bytes(), whole);
                spoiled = spoiled.with(new ReplyBody.Beginning(spoiled.body(), whole, sent));
            } else if (fault instanceof Garbled garbled) {
                spoiled = spoiled.with(garbled(spoiled.body(), garbled.how()));
            }
        }
        return spoiled;
    }

    private static ReplyBody garbled(ReplyBody body, Fault.Garbling how) throws IOException {
        return switch (how) {
            case NOT_JSON ->
                ReplyBody.of("<html><body>Welcome to nginx!</body></html>".getBytes(StandardCharsets.UTF_8));
            case ENDS_EARLY -> new ReplyBody.Beginning(body, body.length() / 2, body.length() / 2);
            case BROKEN_BASE64 -> body instanceof EraseAnswer answer ? answer.withBrokenBase64() : body;
            case MISSING_IMAGE -> body instanceof EraseAnswer answer ? answer.withoutImage() : body;
        };
    }

    private void send(HttpExchange exchange, Call call, Reply reply) throws IOException {
        log.add(exchange, call, reply.status());
        new Request(exchange, List.of()).drain();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        long length = reply.body().length();
        // -1 means none to the JDK's server, 0 would mean chunks
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        if (length > 0) {
            OutputStream out = new CountedStream(exchange.getResponseBody(), sent -> log.sent(call, sent));
            reply.body().writeTo(out);
            out.flush();
        }
    }
}
