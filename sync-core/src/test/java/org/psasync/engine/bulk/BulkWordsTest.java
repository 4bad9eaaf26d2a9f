package org.psasync.engine.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;

class BulkWordsTest {
    @Test
    @DisplayName("DATA-5: what was picked is named in one order, so that another node sees the same")
    void namesInOrder() {
        PairId first = PairId.parse("00000000-0000-0000-0000-000000000001");
        PairId second = PairId.parse("00000000-0000-0000-0000-000000000002");

        String identity = BulkWords.identity(new BulkTarget.Picked(AssetKind.CONTACT, Set.of(second, first)));

        assertThat(identity).isEqualTo("CONTACT picked " + first + "," + second);
    }
}
