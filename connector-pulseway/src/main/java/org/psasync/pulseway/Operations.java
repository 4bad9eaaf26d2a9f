package org.psasync.pulseway;

import org.jspecify.annotations.Nullable;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;

/** What does the work of a connector, put together; there is one set for runs and one for pushes. */
record Operations(
        Tenant tenant,
        Kinds kinds,
        ConnectorDescriptor descriptor,
        ConnectionChecker checker,
        ReferenceReader reference,
        ChangeReader changes,
        RecordReader reader,
        Finder finder,
        Preparer preparer,
        Creator creator,
        Updater updater,
        Webhooks webhooks) {

    /** What all operations are for. */
    record Tenant(
            Product product,
            Server server,
            Session session,
            @Nullable LocationsV1 locations,
            ConnectorConfig config) {}

    static Operations of(Tenant tenant, RestClient rest, boolean forPushes) {
        ConnectorConfig config = tenant.config();
        Product product = tenant.product();
        LocationsV1 locations = tenant.locations();
        boolean writesLocations = locations != null;
        Kinds kinds = new Kinds();
        Api api = new Api(rest, tenant.session());
        Pages pages = new Pages(api);
        RecordReader reader = new RecordReader(api, forPushes);
        return new Operations(
                tenant,
                kinds,
                Descriptor.of(product, kinds, writesLocations, config.deadline()),
                new ConnectionChecker(product, api, locations),
                new ReferenceReader(api, pages, config.required(Session.USER)),
                new ChangeReader(api, pages, kinds, reader, config.clock()),
                reader,
                new Finder(api, pages, kinds, reader),
                new Preparer(product, kinds, writesLocations),
                new Creator(api, kinds, locations),
                new Updater(product, api, kinds, reader, locations),
                new Webhooks(config.optional(Webhooks.SECRET)));
    }
}
