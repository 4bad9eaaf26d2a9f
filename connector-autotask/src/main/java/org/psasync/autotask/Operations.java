package org.psasync.autotask;

import java.time.InstantSource;
import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;

/** What does the work of a connector, put together; there is one set for runs and one for pushes. */
record Operations(
        Api api,
        Kinds kinds,
        ConnectorDescriptor descriptor,
        ConnectionChecker checker,
        ReferenceReader reference,
        ChangeReader changes,
        IdReader ids,
        RecordReader reader,
        Finder finder,
        Drafts drafts,
        Creator creator,
        Updater updater,
        WebhookVerifier verifier,
        WebhookSetup webhooks) {

    static Operations of(Api api, ConnectorConfig config, List<AutotaskUdf> udfs) {
        InstantSource clock = config.clock();
        String user = config.required(AutotaskProvider.USER);
        String webhookSecret = config.optional(AutotaskProvider.WEBHOOK_SECRET);
        QueryReader queries = new QueryReader(api);
        Metadata metadata = new Metadata(api, clock);
        Labels labels = new Labels(metadata, queries, clock);
        Kinds kinds = new Kinds(labels, udfs);
        Countries countries = new Countries(labels);
        Products products = new Products(api, queries, clock);
        People people = new People(metadata, labels, queries);
        Rows rows = new Rows(queries, labels, countries, products);
        RecordReader reader = new RecordReader(queries, rows);
        Drafts drafts = new Drafts(kinds, metadata, people, countries, products);
        Updater updater = new Updater(api, kinds, metadata, countries, products, reader);
        return new Operations(
                api,
                kinds,
                Descriptor.of(kinds, config.deadline()),
                new ConnectionChecker(api, people, user),
                new ReferenceReader(queries, labels, people, new UsageCounts(queries, clock)),
                new ChangeReader(queries, rows, clock),
                new IdReader(queries),
                reader,
                new Finder(queries, kinds, rows),
                drafts,
                new Creator(api, queries, kinds, drafts, products, reader, updater),
                updater,
                new WebhookVerifier(webhookSecret),
                new WebhookSetup(api, queries, metadata, people, kinds, user, webhookSecret));
    }
}
