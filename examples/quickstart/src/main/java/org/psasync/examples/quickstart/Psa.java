package org.psasync.examples.quickstart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.spi.PsaConnectors;
import org.psasync.testkit.autotask.AutotaskBench;
import org.psasync.testkit.connectwise.ConnectWiseBench;
import org.psasync.testkit.pulseway.PulsewayBench;
import org.psasync.testkit.scenario.PsaBench;

/**
 * A PSA that this program can show: its connector, a fake of it, and where the credentials of a real one are.
 *
 * @param id of the connector, and the word after {@code --psa}
 * @param name what people call it
 * @param variables how the names of the environment's variables begin that hold the credentials of a real one
 * @param fake opens a fake one with some 2,000 records
 * @param organizationTypes which organizations the tour selects
 * @param requestsAtRest how many requests a run without changes makes at most, for so many organizations
 * @param whyAtRest what it makes them for
 */
record Psa(
        String id,
        String name,
        String variables,
        PsaBench.Source fake,
        List<String> organizationTypes,
        IntUnaryOperator requestsAtRest,
        String whyAtRest) {

    static final Psa CONNECTWISE = new Psa(
            "connectwise",
            "ConnectWise",
            "PSASYNC_CW_",
            ConnectWiseBench.with(psa -> psa.companies(60)
                    .contacts(400)
                    .configurations(1400)
                    .tickets(40)
                    .seed(7)),
            List.of("Customer", "Managed Services"),
            organizations -> 3 + organizations + 2,
            "one for each kind, and one for the sites of each company, which ConnectWise lists per company only");

    static final Psa AUTOTASK = new Psa(
            "autotask",
            "Autotask",
            "PSASYNC_AT_",
            AutotaskBench.with(psa -> psa.companies(60)
                    .contacts(400)
                    .configurations(1400)
                    .products(40)
                    .tickets(40)
                    .seed(7)),
            List.of("Customer", "Prospect"),
            organizations -> 4 + 2 + 1,
            "one for each kind, locations whole because they have no stamp, one look-up for each page of companies and"
                    + " items, and now and then the meter of the tenant");

    static final Psa PULSEWAY = new Psa(
            "pulseway",
            "Pulseway PSA",
            "PSASYNC_PW_",
            PulsewayBench.with(psa ->
                    psa.accounts(60).contacts(1100).assets(700).tickets(40).seed(7)),
            List.of("Customer", "Prospect"),
            organizations -> 70,
            "one for each hundred assets, few for each other kind, and some details of assets by turns, because lists of"
                    + " Pulseway do not show when assets change");

    static final List<Psa> ALL = List.of(CONNECTWISE, AUTOTASK, PULSEWAY);

    /** Returns the one of that id. */
    static Optional<Psa> of(String id) {
        return ALL.stream().filter(psa -> psa.id().equals(id)).findFirst();
    }

    PsaConnectorProvider provider() {
        return PsaConnectors.provider(id).orElseThrow();
    }

    /** Returns the variable of a credential, such as {@code PSASYNC_CW_COMPANY_ID} of {@code companyId}. */
    String variable(String credential) {
        return variables + credential.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** Returns the credentials that are in the environment; empty when there are none. */
    Map<String, String> credentials(Map<String, String> environment) {
        Map<String, String> credentials = new LinkedHashMap<>();
        for (Credential credential : provider().credentials()) {
            String value = environment.get(variable(credential.name()));
            if (value != null) {
                credentials.put(credential.name(), value);
            }
        }
        return credentials;
    }
}
