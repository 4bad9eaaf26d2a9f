package org.psasync.connectwise;

import org.psasync.http.BaseAddress;
import org.psasync.http.RestClient;
import org.psasync.http.TrustedHosts;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;

/** What does the work of a connector, put together; there is one set for runs and one for pushes. */
record Operations(
        Tenant tenant,
        ConnectorDescriptor descriptor,
        ConnectionChecker checker,
        ReferenceReader reference,
        ChangeReader changes,
        SiteReader sites,
        IdReader ids,
        RecordReader reader,
        Finder finder,
        Preparer preparer,
        Creator creator,
        Updater updater,
        CallbackVerifier verifier,
        Callbacks callbacks,
        RecordAddress address) {

    /**
     * What all operations are for.
     *
     * @param trusted the servers that may be called
     */
    record Tenant(BaseAddress site, TrustedHosts trusted, CodeBases codeBases, Kinds kinds, ConnectorConfig config) {
        String companyId() {
            return config.required(ConnectWiseProvider.COMPANY_ID);
        }
    }

    static Operations of(Tenant tenant, RestClient rest) {
        ConnectorConfig config = tenant.config();
        Kinds kinds = tenant.kinds();
        Api api = new Api(rest, tenant.codeBases());
        PageReader pages = new PageReader(api);
        Lists lists = new Lists(pages, config.clock());
        RecordReader reader = new RecordReader(api, pages);
        Bodies bodies = new Bodies(lists, new CustomFieldIds(pages));
        Updater updater = new Updater(
                api,
                kinds,
                lists,
                bodies,
                new TypeAssociations(api, pages, lists),
                new Communications(api, pages, bodies));
        return new Operations(
                tenant,
                Descriptor.of(kinds, config.deadline()),
                new ConnectionChecker(api, tenant.codeBases(), config.optional(ConnectWiseProvider.MEMBER_ID)),
                new ReferenceReader(lists, pages, new UsageCounts(pages, config.clock())),
                new ChangeReader(pages, config.clock()),
                new SiteReader(pages, kinds.sites()),
                new IdReader(pages),
                reader,
                new Finder(pages, kinds),
                new Preparer(kinds, lists, new Identifier(pages)),
                new Creator(api, kinds, reader, bodies, updater),
                updater,
                new CallbackVerifier(api, tenant.trusted(), tenant.companyId(), config.clock()),
                new Callbacks(api, pages),
                new RecordAddress(tenant.site(), tenant.companyId()));
    }

    /** The same over another client, with caches of its own. */
    Operations over(RestClient other) {
        return of(tenant, other);
    }

    Kinds kinds() {
        return tenant.kinds();
    }
}
