package org.psasync.testkit.autotask;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.Map;
import java.util.TreeMap;

/** Hands every request of a web server to the desk, and the answer back with delays and cut connections. */
final class Door implements StubRequestFilterV2 {
    private final Desk desk;

    Door(Desk desk) {
        this.desk = desk;
    }

    @Override
    public String getName() {
        return "autotask";
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
        return RequestFilterAction.stopWith(definition(desk.handle(new Desk.Incoming(
                request.getPort(),
                request.getMethod().getName(),
                mark < 0 ? url : url.substring(0, mark),
                mark < 0 ? "" : url.substring(mark + 1),
                headers,
                body == null ? new byte[0] : body))));
    }

    private static ResponseDefinition definition(Desk.Outgoing answer) {
        ResponseDefinitionBuilder builder = new ResponseDefinitionBuilder()
                .withStatus(answer.reply().status())
                .withBody(answer.reply().body());
        answer.reply().headers().forEach((name, value) -> builder.withHeader(name, value));
        if (!answer.delay().isZero()) {
            builder.withFixedDelay(Math.toIntExact(answer.delay().toMillis()));
        }
        if (answer.cut()) {
            builder.withFault(com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE);
        }
        return builder.build();
    }
}
