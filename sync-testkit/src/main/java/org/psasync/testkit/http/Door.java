package org.psasync.testkit.http;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Hands every request of a web server to the fake, and the answer back with delays and cut connections. */
final class Door implements StubRequestFilterV2 {
    private static final int DRIPS = 20;

    private final Function<Incoming, Outgoing> fake;

    Door(Function<Incoming, Outgoing> fake) {
        this.fake = fake;
    }

    @Override
    public String getName() {
        return "fake";
    }

    @Override
    public RequestFilterAction filter(Request request, ServeEvent event) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : request.getAllHeaderKeys()) {
            headers.put(name, request.getHeader(name));
        }
        String url = request.getUrl();
        int mark = url.indexOf('?');
        byte[] body = request.getBody();
        return RequestFilterAction.stopWith(definition(fake.apply(new Incoming(
                request.getPort(),
                request.getMethod().getName(),
                mark < 0 ? url : url.substring(0, mark),
                mark < 0 ? "" : url.substring(mark + 1),
                headers,
                body == null ? new byte[0] : body))));
    }

    private static ResponseDefinition definition(Outgoing answer) {
        ResponseDefinitionBuilder builder =
                new ResponseDefinitionBuilder().withStatus(answer.status()).withBody(answer.body());
        answer.headers().forEach((name, value) -> builder.withHeader(name, value));
        if (!answer.delay().isZero()) {
            builder.withFixedDelay(millis(answer.delay()));
        }
        if (!answer.drip().isZero()) {
            builder.withChunkedDribbleDelay(DRIPS, millis(answer.drip()));
        }
        switch (answer.ending()) {
            case CLOSED -> builder.withFault(Fault.EMPTY_RESPONSE);
            case RESET -> builder.withFault(Fault.CONNECTION_RESET_BY_PEER);
            case GARBAGE -> builder.withFault(Fault.MALFORMED_RESPONSE_CHUNK);
            case WHOLE -> {}
        }
        return builder.build();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
