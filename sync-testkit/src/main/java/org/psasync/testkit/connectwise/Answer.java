package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;

/** The answer to a configuration question: text, number or boolean. */
record Answer(int id, JsonNode value) {}
